-- One row per area of talk: for whom of our staff, over the last four whole quarters, it stood out
-- most, so that their words are likeliest about it. A team's edition prints none of them.
-- Needs the work file.
select
    case greatest(
        abs(staff_talk.talk_customers - 3),
        abs(staff_talk.talk_value - 3),
        abs(staff_talk.talk_team - 3)
    )
        when abs(staff_talk.talk_customers - 3) then 'customers'
        when abs(staff_talk.talk_team - 3) then 'team'
        when abs(staff_talk.talk_value - 3) then 'value'
    end as area,
    list_sort(list(responses.response_id)) as response_ids
from marts.staff_talk
inner join marts.responses using (response_key)
where
    staff_talk.counted_on between cast($to as date) - 365 and cast($to as date)
    and staff_talk.counted_on < cast($as_of as date)
    and $team::varchar is null
group by area
having area is not null
order by area
