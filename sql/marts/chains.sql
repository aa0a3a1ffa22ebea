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
        response_key in (select response_key from renewed)
        and form_kind in ('cancellation', 'pulse')
        and question_ref in (
            'goals_known', 'challenges_known', 'challenges_worked', 'checked_in',
            'met_expectation'
        )

)

select
    links.response_key,
    list(links.link order by links.position) as shown_links,
    coalesce(
        list(links.link order by links.position) filter (where links.is_answered), []
    ) as answered_links,
    coalesce(
        list(links.link order by links.position) filter (where links.is_broken), []
    ) as broken_links,
    min_by(links.link, links.position) filter (where links.is_broken) as broken_link
from links
group by links.response_key
