-- One row per name that somebody, or an account, goes by in any export, the earlier ones too: who
-- is renamed is called by the old name in what was said before.
select
    'people' as name_kind,
    respondent_name as name
from raw.respondents
where respondent_name is not null

union

select
    'people' as name_kind,
    seller_name as name
from raw.sellers
where seller_name is not null

union

select
    'companies' as name_kind,
    account_name as name
from raw.accounts
where account_name is not null
