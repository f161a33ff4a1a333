# 商品と再購入レーダー：答えのことば

items-genre = ジャンル { $number }
items-shop = 店全体
items-of-mall = { $mall }：{ $item }
items-curve-again = また同じ商品
items-curve-any = なにかを購入
items-share = { $share }（{ $n }人）
items-count = { $n }人中{ $hits }人
items-share-purchases = { $share }（{ $n }回中{ $hits }回）
items-few = { $n }人（まだ少数）
items-yen = { $yen }（{ $n }人）
items-pieces = { $people }人（前回{ $quantity }個）
items-days-count = { $count }件

people-item = { $from }〜{ $to }に「{ $item }」を買った人
people-item-all = 「{ $item }」を買ったことがある人
people-item-again = 「{ $item }」を2回以上買った人
people-item-first = 最初の購入に「{ $item }」があった人
people-next = 「{ $item }」の次の購入に「{ $other }」があった人
people-basket = { $from }〜{ $to }に「{ $item }」と「{ $other }」を同じ日に買った人

region-item-first = 最初に「{ $item }」を買った人：180日以内に戻ったのは{ $text }
region-item-value = 最初に「{ $item }」を買った人の365日の合計：{ $text }
region-item-next = 次の購入に「{ $item }」：{ $text }、店全体の{ $lift }倍
region-item-gap = { $days }日まで { $lines }
region-item-gap-line = { $curve } { $share }（待っている購入 { $n }回）
region-radar-item = 「{ $item }」の買いどき { $people }人、前回は合わせて{ $quantity }個
region-radar-day = { $day } 買いどき{ $due }件、うちこの日から{ $new }件

finding-items-best = 最初に「{ $item }」を買ったお客様は、180日以内に{ $share }が戻っています（{ $n }人）。店全体は{ $all }です。
finding-items-top = この期間にいちばん売れたのは「{ $item }」で、{ $people }人が買いました。
finding-items-count = これまでに{ $count }種類の商品が売れています。
finding-next-gap = 「{ $item }」をまた買う人の半分は、{ $days }日までに買っています（また買った{ $n }回）。
finding-next-item = 次の購入に多いのは「{ $next }」で、{ $n }回中{ $hits }回、店全体の{ $lift }倍です。
finding-next-few = 「{ $item }」のあとに次の購入があったのは{ $have }回です。{ $need }回になると、次に買われる商品が出ます。
finding-next-pairs = 「{ $item }」の次に「{ $next }」が買われた例がいちばん多く、{ $hits }回あります。
finding-next-none = 続けて買われた商品の組み合わせは、まだ10回に達していません。
finding-next-unknown = その商品やカテゴリは、これまでの注文にありません。
finding-radar = { $from }〜{ $to }に、{ $people }人が買いどきです（{ $count }件、うち{ $first }件は初日から）。
finding-radar-item = いちばん多いのは「{ $item }」の{ $people }人です。
finding-radar-none = { $from }〜{ $to }に買いどきを迎える人はいません。
finding-radar-short = また買った記録が少なく、買いどきをまだ見積もれません。同じ商品なら10回、店全体なら30回から出ます。
cli-radar-item = { $item } × { $quantity }
