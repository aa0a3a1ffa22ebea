-- Ratings outside the scale their question had.
select
    response_key,
    question_ref
from marts.ratings
where not rating between scale_min and scale_max
