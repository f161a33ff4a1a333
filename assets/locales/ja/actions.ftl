# 次の一手：カードの言葉。{"{お名前}"} のような波かっこは、送る前にモールの差し込みやお店の言葉に置きかえる場所。

## どの一手にも使う言葉

action-past = 過去の似たお客様のべ{ $n }人のうち{ $bought }人（{ $rate }）
action-past-few = 過去の似たお客様のべ{ $n }人のうち{ $bought }人
action-lift-prior = お店での結果がまだないので、「届けると、買う方が{ $low }〜{ $high }%増える」という控えめな仮の数字で見込みを出しています。お店で試した結果が出たら、そちらを信じてください。
action-condition-consent = お知らせの受け取りに同意している方（モールの機能が自動で選びます）

job-owner = 店長
job-promotion = 販促
job-shipping = 発送

## 初めてのお客様の2回目

action-f2-window-title = 初めてのお客様に、2回目のきっかけを届ける
action-f2-window-why = 2回目を買う方の半分が戻る{ $days }日を過ぎても、まだ1回だけのお客様が{ $people }人いて、このころから{ $window }日のうちに戻ったのは、{ $past }です。
action-f2-window-subject = その後、いかがですか？　{"{商品名}"}を長く楽しむコツ
action-f2-window-body =
    {"{お名前}"}様

    先日は{"{店名}"}でお買い物をしていただき、ありがとうございました。
    お届けした{"{商品名}"}は、お役に立っていますか。

    今日は、もっと楽しんでいただくためのコツをお届けします。
    {"{使い方やお手入れのコツを2〜3行}"}

    困ったことがあれば、お店への問い合わせからいつでもお知らせください。
    次の一品をお探しのときは、初めての方によく選ばれている{"{おすすめの商品名}"}もご覧ください。

    {"{店名}"}　{"{店長名}"}
action-f2-window-line = {"{お名前}"}様、先日はありがとうございました。{"{商品名}"}をもっと楽しむコツをまとめました。{"{ページのURL（モール内）}"}
action-f2-window-insert =
    はじめてのお買い物、ありがとうございます。
    {"{商品名}"}を長くお使いいただくために、最初にしていただきたいことを書きました。
    {"{使い方やお手入れのコツを2〜3行}"}
    またのご来店をお待ちしています。　{"{店名}"}
action-f2-window-caution = 贈り物として買った方や、長くもつ商品を買った方は、まだ次が要らないだけかもしれません。モールの条件では、ほかの一手の相手と重なることがあります。
action-f2-window-condition-1 = 購入回数：1回
action-f2-window-condition-2 = 最後の購入：{ $nearest }〜{ $farthest }日前（{ $from }〜{ $to }）

## 使い切るころのお知らせ

action-replenishment-title = そろそろなくなる「{ $item }」のことを知らせる
action-replenishment-why = 「{ $item }」をまた買う方は{ $days }日ほどで次を買っていて（{ $count }回分の実績）、これから{ $window }日のあいだにそのころを迎えるお客様が{ $people }人います。
action-replenishment-subject = 「{ $item }」、そろそろなくなるころではありませんか？
action-replenishment-body =
    {"{お名前}"}様

    いつも「{ $item }」をお使いいただき、ありがとうございます。
    そろそろ残りが少なくなるころかと思い、お知らせします。

    最後まで気持ちよく使い切るコツ：
    {"{保存や使い切りのコツを1〜2行}"}

    まだたっぷりある方は、このお知らせは読み飛ばしてください。
    次のご用意は、いつものページからどうぞ。
    {"{商品ページのURL（モール内）}"}

    {"{店名}"}　{"{店長名}"}
action-replenishment-line = 「{ $item }」、そろそろなくなるころではありませんか？　次のご用意はこちらから。{"{商品ページのURL（モール内）}"}
action-replenishment-insert =
    「{ $item }」をお選びいただき、ありがとうございます。
    使い切る目安は、お届けから{ $days }日ほどです。
    {"{保存や使い切りのコツを1〜2行}"}
    {"{店名}"}
action-replenishment-caution = ほかの店で買い足した方や、まとめ買いで残っている方には早すぎることがあります。在庫が足りるかを先に確かめてください。
action-replenishment-condition-1 = 買った商品：{ $item }（商品番号 { $code }）
action-replenishment-condition-2 = その商品を最後に買った日：{ $nearest }〜{ $farthest }日前（{ $from }〜{ $to }）

## 離れかけている優良のお客様

action-best-cooling-title = 間のあいた優良のお客様に、お礼と近況を届ける
action-best-cooling-why = 買う回数も金額も上位のお客様{ $count }人のうち{ $people }人が、最後の購入から{ $days }日を過ぎていて、このころから{ $window }日のうちに戻ったのは、{ $past }です。
action-best-cooling-subject = いつもありがとうございます。{"{店名}"}からお礼と近況です
action-best-cooling-body =
    {"{お名前}"}様

    これまで何度も{"{店名}"}を選んでくださり、本当にありがとうございます。
    しばらくお目にかかっていないので、お礼と近況をお伝えしたくなりました。

    最近の店のこと：
    {"{作り手や仕入れの話、新しく始めたことを2〜3行}"}

    お使いの品の具合はいかがですか。お手入れや買い替えの時期のことなど、何でもお問い合わせください。
    長くご愛顧いただいている方には、次の入荷を先にご案内します。

    {"{店名}"}　{"{店長名}"}
action-best-cooling-line = {"{お名前}"}様、いつもありがとうございます。{"{店名}"}の近況と、次の入荷の先行案内をお届けします。{"{ページのURL（モール内）}"}
action-best-cooling-insert =
    いつもありがとうございます。
    長くご愛顧いただいている{"{お名前}"}様へ、店長からのお礼です。
    {"{手書きのひとこと}"}
    {"{店名}"}　{"{店長名}"}
action-best-cooling-caution = 引っ越しや好みの変化で離れた方は、何を送っても戻らないことがあります。いきなり値引きから始めると、値引きを待つ買い方になるおそれがあります。
action-best-cooling-condition-1 = 購入回数：{ $fewest }回以上
action-best-cooling-condition-2 = 最後の購入：{ $nearest }日以上前（{ $to }以前）

## イベントの日だけのお客様

action-event-only-title = イベントの日に買うお客様に、ふだんの日の楽しみを案内する
action-event-only-why = 2回以上買ったお客様{ $count }人のうち{ $people }人は、日時が分かる買い物がすべてモールのイベントの日で、{ $window }日のあいだにイベントでもクーポンでもない買い物をしたのは、{ $past }です。
action-event-only-subject = イベントを待たなくても楽しめる、{"{店名}"}のふだんの日
action-event-only-body =
    {"{お名前}"}様

    いつも{"{店名}"}をご利用いただき、ありがとうございます。
    今日は、イベントの日でなくても喜んでいただける話をお届けします。

    {"{旬の入荷、作りたて、名入れなど、その時だけの価値を2〜3行}"}

    ふだんの日は発送にも余裕があり、包み方のご相談もゆっくりお受けできます。
    {"{商品ページのURL（モール内）}"}

    {"{店名}"}　{"{店長名}"}
action-event-only-line = 今だけの{"{旬の商品名}"}が入りました。イベントを待たずにお届けできます。{"{商品ページのURL（モール内）}"}
action-event-only-insert =
    ご利用ありがとうございます。
    ふだんの日にも、{"{旬の入荷や作りたての案内}"}をご用意しています。
    {"{店名}"}
action-event-only-caution = たまたまイベントの日と重なっただけの方もいます。お買い物マラソンのように日が決まっていないイベントは、すべては分かっていません。モールの条件では「イベントの日だけ」を選べないので、届く相手は少し広くなります。
action-event-only-condition-1 = 購入回数：{ $fewest }回以上
action-event-only-condition-2 = 最後の購入：{ $nearest }〜{ $farthest }日前（{ $from }〜{ $to }）

## 新しい商品

action-new-item-title = よく買ってくださるお客様に、「{ $item }」を先に案内する
action-new-item-why = 3回以上、3種類以上を買っていて「{ $item }」（発売から{ $days }日、{ $count }人が購入）をまだ買っていないお客様が{ $people }人いて、新しい商品を{ $window }日のあいだに買ったのは、{ $past }です。
action-new-item-subject = いつもの{"{お名前}"}様へ、先に「{ $item }」をご案内します
action-new-item-body =
    {"{お名前}"}様

    いろいろな商品をお試しくださり、ありがとうございます。
    新しく「{ $item }」が仲間に入りましたので、先にご案内します。

    作ったわけ：
    {"{作り手の思いや、選んだ理由を2〜3行}"}

    これまでの商品との合わせ方：
    {"{使い合わせの例を1〜2行}"}

    {"{商品ページのURL（モール内）}"}

    {"{店名}"}　{"{店長名}"}
action-new-item-line = 新しい「{ $item }」を、いつものお客様に先にご案内します。{"{商品ページのURL（モール内）}"}
action-new-item-insert =
    いつもありがとうございます。
    新しく「{ $item }」ができました。
    {"{作ったわけや使い方を2〜3行}"}
    {"{店名}"}
action-new-item-caution = 新しい商品が好みに合うとは限りません。色違いや容量違いを出しただけのときは、新しい商品として案内しないでください。
action-new-item-condition-1 = 購入回数：{ $fewest }回以上
action-new-item-condition-2 = 最後の購入：{ $nearest }〜{ $farthest }日前（{ $from }〜{ $to }）
action-new-item-condition-3 = 除く：{ $item }（商品番号 { $code }）を買った方

## モールの機能と料金

channel-r-mail-name = R-Mail
channel-r-mail-tariff = 1通1円（条件を満たすと、週に1回の無料枠があります）
channel-r-sns-name = R-SNSのLINE
channel-r-sns-tariff = 月3,000円＋税（LINEもInstagramもR-SNSを通します）
channel-insert-name = 同梱物
channel-insert-tariff = 印刷代だけ（これから発送する荷物に入れます）
channel-thank-you-coupon-name = RaCoupon（サンキュークーポン）
channel-thank-you-coupon-tariff = 値引きの分はお店の負担、月50回を超える利用は1回50円＋税（使うなら最後に、枚数の上限を決めてから）
channel-segment-coupon-name = RaCoupon（条件を選んで配る）
channel-segment-coupon-tariff = 値引きの分はお店の負担、月50回を超える利用は1回50円＋税（使うなら最後に、枚数の上限を決めてから）
channel-store-newsletter-name = ストアニュースレター
channel-store-newsletter-tariff = 無料（受け取りに同意した方に届きます）
channel-yahoo-line-name = Yahoo!ショッピングのLINE公式アカウント
channel-yahoo-line-tariff = LINE公式アカウントの料金（ストアクリエイターProで連携したアカウントだけ）
channel-stores-r-name = STORE's R∞
channel-stores-r-tariff = 全商品のPRオプションが1%以上なら無料、クーポンの値引きの分はお店の負担（使うなら最後に、枚数の上限を決めてから）
channel-own-list-name = お店からのお知らせ
channel-own-list-tariff = お店の契約による（お知らせの受け取りに同意した方だけ）

## 守るきまり

rule-rakuten = 楽天：お知らせはR-Mail、RaCoupon、R-SNSから送ります。楽天の外への案内、受注のメールアドレスへの宣伝、レビューのお礼は書きません。同梱物に載せるのは楽天のお店のURLだけにします。
rule-yahoo = Yahoo!ショッピング：お知らせはストアニュースレター、STORE's R∞、連携したLINEから送ります。モールの外への案内、受注のメールアドレスへの宣伝、レビューのお礼は書きません。
rule-own = お店の名簿：お知らせの受け取りに同意した方だけに送ります。
rule-checked = { $on }時点の公開資料をもとにしています。きまりは変わるので、送る前にRMSやストアクリエイターProの最新のガイドラインをご確認ください。法律の助言ではありません。
rule-checked-stale = 要確認：最後に確認したのは{ $on }です。送る前に最新のガイドラインをご確認ください。法律の助言ではありません。
