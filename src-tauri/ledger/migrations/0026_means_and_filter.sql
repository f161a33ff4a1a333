-- The filter of the values of people has more bits of each: it is made anew by the next import (`ledger/filter.rs`).
delete from person_filter;

-- `coverage` says with 4 whether an export has columns for points and coupons. Which of the older statements had them is not
-- known; nearly all exports do.
update order_states set coverage = coverage | 4;
