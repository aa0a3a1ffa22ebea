-- One row per seller with an address and an exit of their own.
-- Needs the work file.
select distinct
    sellers.seller_id,
    sellers.seller_email
from staging.sellers
inner join marts.decisions using (seller_id)
where sellers.seller_email is not null and decisions.is_defection
order by sellers.seller_id
