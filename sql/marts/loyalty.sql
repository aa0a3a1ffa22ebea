-- One row per response of a customer: how satisfied, what they intend, and what came of it.
with given as (

    select
        response_key,
        question_ref,
        marts.of_five(number_value, scale_min, scale_max) as rating,
        choice_refs[1] as choice,
        case
            when choice is null then null
            when choice in ('maybe', 'unsure') then 3
            when (question_ref = 'would_move') = (choice = 'no') then 5
            else 1
        end as intent
    from marts.answers
    where
        question_ref in (
            'satisfaction', 'would_move', 'recommend', 'proud', 'will_stay', 'will_widen',
            'miss_most', 'stands_up_for_us', 'we_stand_up', 'satisfaction_chosen', 'same_again'
        )

),

felt as (

    select
        response_key,
        list_sort(list(question_ref)) as shown_refs,
        bool_or(question_ref = 'recommend') as is_placed,
        max(rating) filter (where question_ref = 'satisfaction') >= 4 as is_satisfied,
        max(choice) filter (where question_ref = 'would_move') as would_move,
        max(choice) filter (where question_ref = 'miss_most') as miss_most,
        max(rating) filter (where question_ref = 'stands_up_for_us') as stands_up_for_us,
        max(rating) filter (where question_ref = 'we_stand_up') as we_stand_up,
        max(rating) filter (where question_ref = 'satisfaction_chosen') >= 4
            as is_satisfied_chosen,
        max(choice) filter (where question_ref = 'same_again') as same_again,
        avg(rating) filter (where question_ref in ('satisfaction', 'recommend', 'proud'))
            as attitude,
        count(rating) filter (where question_ref in ('satisfaction', 'recommend', 'proud'))
            as attitude_count,
        avg(intent) filter (where question_ref in ('will_stay', 'will_widen', 'would_move'))
            as behaviour,
        count(intent) filter (where question_ref in ('will_stay', 'will_widen', 'would_move'))
            as behaviour_count
    from given
    group by response_key

),

placed as (

    select
        * exclude (attitude, behaviour, attitude_count, behaviour_count, is_placed),
        case when is_placed and least(attitude_count, behaviour_count) >= 2 then attitude end
            as attitude,
        case when is_placed and least(attitude_count, behaviour_count) >= 2 then behaviour end
            as behaviour
    from felt

),

-- What a customer said before is held against their pulses alone.
ordered as (

    select
        placed.response_key,
        lag(
            case
                when placed.is_satisfied is not null and placed.would_move is not null
                    then { 'is_satisfied': placed.is_satisfied, 'would_move': placed.would_move }
            end ignore nulls
        ) over before as felt_before,
        lag(
            case
                when placed.attitude is not null
                    then { 'attitude': placed.attitude, 'behaviour': placed.behaviour }
            end ignore nulls
        ) over before as placed_before
    from placed
    inner join marts.heard on placed.response_key = heard.response_key and heard.form_kind = 'pulse'
    window before as (
        partition by coalesce(heard.account_id, heard.response_key)
        order by heard.submitted_at, heard.response_key
    )

)

select
    heard.response_key,
    heard.response_id,
    placed.shown_refs,
    placed.is_satisfied,
    placed.would_move,
    placed.attitude,
    placed.behaviour,
    placed.miss_most,
    placed.stands_up_for_us,
    placed.we_stand_up,
    placed.is_satisfied_chosen,
    placed.same_again,
    case when heard.is_defection then decisions.rival end as rival,
    case
        when heard.is_defection
            then date_diff('day', decisions.decided_on, cast(heard.submitted_at as date))
    end as days_since,
    case when heard.form_kind = 'pulse' then accounts.is_current end as is_current,
    ordered.felt_before.is_satisfied as previous_is_satisfied,
    ordered.felt_before.would_move as previous_would_move,
    ordered.placed_before.attitude as previous_attitude,
    ordered.placed_before.behaviour as previous_behaviour
from placed
inner join marts.heard using (response_key)
left join ordered on placed.response_key = ordered.response_key
-- What was said of a time before the decision came back is not about this rival, nor this day.
left join marts.responses on placed.response_key = responses.response_key
left join marts.decisions
    on
        heard.vote_key = decisions.vote_key
        and responses.retaken_count = decisions.retaken_count
left join marts.accounts on heard.account_id = accounts.account_id
