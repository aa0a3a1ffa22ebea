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

ordered as (

    select
        placed.*,
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
    inner join marts.heard using (response_key)
    window before as (
        partition by heard.form_kind, coalesce(heard.account_id, heard.response_key)
        order by heard.submitted_at, heard.response_key
    )

)

select
    heard.response_key,
    heard.response_id,
    ordered.shown_refs,
    ordered.is_satisfied,
    ordered.would_move,
    ordered.attitude,
    ordered.behaviour,
    ordered.miss_most,
    ordered.stands_up_for_us,
    ordered.we_stand_up,
    ordered.is_satisfied_chosen,
    ordered.same_again,
    case when heard.is_defection then decisions.rival end as rival,
    case
        when heard.is_defection
            then date_diff('day', decisions.decided_on, cast(heard.submitted_at as date))
    end as days_since,
    case when heard.form_kind = 'pulse' then accounts.is_current end as is_current,
    case when heard.form_kind = 'pulse' then ordered.felt_before.is_satisfied end
        as previous_is_satisfied,
    case when heard.form_kind = 'pulse' then ordered.felt_before.would_move end
        as previous_would_move,
    case when heard.form_kind = 'pulse' then ordered.placed_before.attitude end
        as previous_attitude,
    case when heard.form_kind = 'pulse' then ordered.placed_before.behaviour end
        as previous_behaviour
from ordered
inner join marts.heard using (response_key)
left join marts.decisions using (vote_key)
left join marts.accounts on heard.account_id = accounts.account_id
