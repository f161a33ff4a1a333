# 戻ってきた人：画面とコマンドラインの両方が使う、文になった答え

## 見つかったこと
finding-back-gap = 2回目を買う方の半分は{ $median }日以内、8割は{ $lapse }日以内に買っています。
finding-back-due = 初めて買ってから{ $from }〜{ $to }日で、2回目がまだの方が{ $people }人います。戻りやすい今のうちに、使い方やお手入れのお便りを届けてください。
finding-back-few = 2回目の購入があったお客様は{ $have }人です。{ $need }人になると、戻る時期が分かります。

## 図の中のことば
back-step-within = { $step }（{ $days }日）
back-at-risk = まだ待っている人数
back-cumulative = ここまでの合計
region-back-curve = { $days }日まで { $lines }
region-back-line = { $step } { $share }（待っている人 { $n }人）
region-back-bins = { $from }〜{ $to }日で戻った人 { $people }人（ここまでで{ $share }）
region-back-month = { $month } { $people }人のうち{ $back }人（{ $share }）
region-back-month-year = { $month } { $people }人のうち{ $back }人（{ $share }）、去年の同じ月 { $before }
region-back-step = { $step } { $text }

## お客様
people-step-back = { $before }回目から{ $days }日以内に{ $step }回目を買った人
people-step-observed = { $before }回目から{ $days }日以上たった人
people-step-open = { $before }回目から、まだ{ $days }日たっていない人
people-gap = { $before }回目から{ $from }〜{ $to }日で{ $step }回目を買った人
people-waiting = { $before }回目から{ $from }〜{ $to }日たち、{ $step }回目がまだの人
people-back-month = { $month }に戻ってきた人
people-new-period = { $from }〜{ $to }に初めて買った人
people-existing-period = { $from }〜{ $to }に、2回目からの買い物をした人
people-counted = { $label }の数え方で、戻ってきた人
people-among = { $label }の数え方で、数えた人

## ほかの画面と数字が違う理由
back-definition-otokui-repeat = Otokuiの「戻ってきた割合」
back-definition-otokui-repeat-text = 期間中に買った方のうち、その買い物が2回目からの方。定期購入のお届けだけの方は入れません。
back-definition-otokui-f2 = Otokuiの「180日以内の2回目」
back-definition-otokui-f2-text = 初めて買ってから180日たった方のうち、180日以内に2回目を買った方。まだ180日たっていない方は入れません。
back-definition-r-karte = 楽天 R-Karteの「リピート」
back-definition-r-karte-text = 楽天で期間中に買った方のうち、期間が始まる前にも楽天で買っていた方。
back-definition-r-karte-why = 期間の中で初めて買って、期間の中で戻った方は「新規」です。楽天の注文だけを数えます。
back-definition-r-karte-source = 楽天RMS R-Karte「新規・リピート購入者数」。さかのぼる長さは公開されていないので、取り込んだ受注の初めまでさかのぼりました（2026年11月22日に確認）。
back-definition-store-creator = ストアクリエイターProの「既存」
back-definition-store-creator-text = Yahoo!ショッピングで期間中に買った方のうち、その前の1年以内にもYahoo!ショッピングで買っていた方。
back-definition-store-creator-why = 1年より前に買った方が戻っても「新規」です。Yahoo!ショッピングの注文だけを数えます。
back-definition-store-creator-source = ストアクリエイターProのマニュアル「商品別新規既存レポートを確認する」（2024年2月9日）。期間の最初の注文で判定しました（2026年11月22日に確認）。
back-definition-futureshop = futureshopの「F2転換率」
back-definition-futureshop-text = 期間の終わりまでの3年間に1回以上買った方のうち、2回以上買った方。
back-definition-futureshop-why = 買ったばかりの方も分母に入るので、新しいお客様が増えると下がります。定期購入はお届けのたびに1回、同じ日の2件も2回と数えます。
back-definition-futureshop-source = futureshopのマニュアル「リピート注文レポート（共通データ仕様）」（2026年11月22日に確認）。
back-definition-shopify = Shopifyの「リピーター」
back-definition-shopify-text = 期間中に買った方のうち、これまでの注文が合わせて2件以上の方。
back-definition-shopify-why = 期間が終わってから2回目を買った方も入るので、昔の期間ほど高くなります。同じ日の2件も2回と数えます。
back-definition-shopify-source = Shopifyヘルプセンター「顧客レポート」（2026年11月22日に確認）。
back-definition-all-so-far = 解説書の「リピート率」
back-definition-all-so-far-text = 期間中に2回目からの買い物をした方を、これまでに買った方全員で割ります。
back-definition-all-so-far-why = 分母がお店を始めてからの全員なので、お店が古いほど、期間が短いほど低くなります。
back-definition-all-so-far-source = 通販の解説に多い定義。リピスト「リピート率とリピーター率の違い」ほか（2026年11月22日に確認）。
back-definition-first-timers = うちでのこづちの「リピート率」
back-definition-first-timers-text = 期間中に初めて買った方のうち、今までに2回目を買った方。
back-definition-first-timers-why = 買ったばかりの方も数えるので、期間の終わりに買った方ほど戻る時間が足りず、低くなります。
back-definition-first-timers-source = うちでのこづち 用語集「リピート率」（2026年11月22日に確認）。

## コマンドライン
cli-back-days = { $days }日以内
cli-back-year-before = 去年 { $share }
cli-back-gaps = { $step }  半分 { $median }  4分の1〜4分の3 { $lower }〜{ $upper }  戻った人 { $back }人  待っている人 { $waiting }人
