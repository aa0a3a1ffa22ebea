-- One row per response of a customer who was shown anything of the ladder.
with shown as (

    select
        *,
        is_answered
        and regexp_matches(coalesce(text_value, ''), '[\pL\pN]')
        -- "Was there a moment …?" may be answered "No.": that tells of none.
        and not regexp_matches(
            text_value,
            concat(
                '(?i)^\W*(no|none|never|nope|nothing|not really|not|n/?a|nein|nada|non)',
                '(\W+(there )?(was|were)\s?n.?t( any| one)?)?',
                '(\W+(not )?(that |as far as )?(i|we) ',
                '(can|could|know|recall|remember|noticed|saw).{0,30})?\W*$',
                '|^\W*(i |we )?(can.?t|cannot|could ?n.?t|could not) ',
                '(think of|recall|remember).{0,30}$'
            )
        ) as has_told
    from marts.answers
    where
        response_key in (select response_key from renewed)
        and form_kind not in ('seller', 'staff')
        and question_ref in (
            'ladder_rung', 'put_you_first', 'put_us_first', 'defended_what', 'defend_premium'
        )

)

select
    response_key,
    max(choice_refs[1]) filter (where question_ref = 'ladder_rung') as ladder_rung,
    bool_or(has_told) filter (where question_ref = 'put_you_first') as has_put_you_first,
    bool_or(has_told) filter (where question_ref = 'put_us_first') as has_put_us_first,
    max(choice_refs[1]) filter (where question_ref = 'defended_what') as defended_what,
    max(choice_refs[1]) filter (where question_ref = 'defend_premium') as defend_premium,
    list_sort(list(question_ref)) as shown_refs
from shown
group by response_key
