-- In which relations does the account stand, and when is it withheld?
select
    relation_name,
    data_type,
    meaning
from marts.dictionary
where column_name = 'account_id'
order by relation_name;
