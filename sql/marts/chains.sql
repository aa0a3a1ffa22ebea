-- One row per response asked about the chain from goals to results: which links hold.
with links as (

    select
        response_key,
        question_ref as link,
        is_answered,
        list_position(
            [
                'goals_known', 'challenges_known', 'challenges_worked', 'checked_in',
                'met_expectation'
            ],
            question_ref
        ) as position,
        coalesce(number_value <= 2, choice_refs = ['never'], false) as is_broken
    from marts.answers
    where
        question_ref in (
            'goals_known', 'challenges_known', 'challenges_worked', 'checked_in',
            'met_expectation'
        )

)

select
    responses.response_key,
    list(links.link order by links.position) as shown_links,
    coalesce(
        list(links.link order by links.position) filter (where links.is_answered), []
    ) as answered_links,
    coalesce(
        list(links.link order by links.position) filter (where links.is_broken), []
    ) as broken_links,
    min_by(links.link, links.position) filter (where links.is_broken) as broken_link
from marts.responses
inner join links using (response_key)
where responses.form_kind in ('cancellation', 'pulse')
group by responses.response_key
