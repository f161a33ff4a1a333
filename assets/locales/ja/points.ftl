# ポイントとイベント：答えのことば

people-dependence = イベント依存：{ $band }
people-plane = { $band }・愛着{ $level }の人
people-plane-part = 付き合い方：{ $part }
people-first-order = 最初の注文：{ $first }
people-events-first = 最初の2回がイベント日だった人
people-events-left = 最初の2回がイベント日で、その後に定価で買った人
people-events-only = 最初の2回がイベント日で、今もイベント日だけの人
people-repeat-events = { $from }〜{ $to }のイベント日にまた買った人
people-multiplier = { $from }〜{ $to }にポイント{ $times }倍で買った人

region-plane = { $band }・愛着{ $level }：{ $people }人
region-band = { $band }：{ $people }人（{ $share }）
region-band-undecided = { $band }：{ $people }人
points-band-people = { $people }人

finding-points-none = この期間のくり返しの購入に、1回だけの方と比べられるものがまだありません。
finding-points-few = 2回目以降の購入は{ $count }件で、うち{ $hits }件がイベント日でした。{ $need }件になると、イベントの影響を割合で示します。
finding-points-more = 2回目以降の購入{ $count }件の{ $share }がイベント日で、1回だけの方（{ $expected }）より{ $points }ポイント高くなっています。
finding-points-less = 2回目以降の購入{ $count }件の{ $share }がイベント日で、1回だけの方（{ $expected }）より{ $points }ポイント低く、イベントに頼らず戻ってきています。
finding-points-even = 2回目以降の購入{ $count }件の{ $share }がイベント日で、1回だけの方（{ $expected }）とはっきりした差はありません。
finding-points-hunters = イベント目当ての{ $people }人には、ポイントを足さず、ふだん選ばれる商品を見せてください。
finding-points-keep = ポイントを足すより、新商品や使い方の便りを先に届けてください。

finding-events = イベントの決まりを{ $rules }件使っています（取り込んだ期間{ $imported }件、お店の決まり{ $own }件）。
finding-events-import = 楽天の「キャンペーンデータ」を取り込むと、お買い物マラソンなどの正確な期間が入ります。
events-comma = ・
events-when-days = 毎月{ $days }日
events-when-weekday = 毎週{ $weekday }
events-when-month-is-day = 月と日が同じ数の日（1/1、2/2 … 12/12）
events-when-months = { $months }月の{ $from }日{ $begins }〜{ $to }日{ $ends }
events-when-window = { $begins }〜{ $ends }
events-when-windows = { $count }回（{ $first }〜{ $last }）
events-changed-added = 「{ $name }」を足しました（{ $when }）
events-changed-set = 「{ $name }」を変えました（{ $when }）
events-changed-off = 「{ $name }」を外しました
events-changed-on = 「{ $name }」をまた使います
events-changed-default = 「{ $name }」を元の決まりに戻しました
cli-what-if = ポイント{ $times }倍を{ $lowered }倍にすると、確実に{ $saved }が浮きます（注文{ $orders }件）。
events-remark-first-day-unknown = いつ始まったかは分かっていません。
events-remark-incomplete = 不定期のイベントなので、見つかった回だけです。
events-remark-usual-times = 時刻が見つからない回は、いつもの時刻です。
events-remark-recent-years = 日程は、ここ数年の回から決めています。
