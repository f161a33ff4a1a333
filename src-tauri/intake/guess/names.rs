//! What columns are called, in lists of own shops, carts and other malls.

use crate::intake::profile::normal_header;

/// The words of a description, as `--map` has them.
pub(super) const FIELDS: [&str; 18] = [
    "order_number",
    "ordered_at",
    "customer_key",
    "item_code",
    "item_name",
    "quantity",
    "unit_price",
    "line_total",
    "order_total",
    "status",
    "buyer_name",
    "phone",
    "mail",
    "postal_code",
    "points_used",
    "shop_coupon",
    "postage",
    "payment",
];

/// Names of a field, the surest first: in full, then parts that a longer name may hold. Written as `plain` leaves them.
type Names = (&'static str, &'static str);

fn names(field: &str) -> Names {
    match field {
        "order_number" => (
            "注文番号 受注番号 受付番号 注文id 受注id オーダーid オーダー番号 注文no 受注no 注文コード 受注コード 伝票番号 売上番号 取引番号 取引id orderid \
             ordernumber orderno order# amazonorderid order salesrecordnumber",
            "注文番号 受注番号 注文id 受注id orderid ordernumber",
        ),
        // Of a day and a moment of the same thing the moment says more.
        "ordered_at" => (
            "注文日時 受注日時 注文日 受注日 購入日時 購入日 注文年月日 受注年月日 申込日時 申込日 受付日時 受付日 売上日 販売日 取引日 orderdate orderedat \
             orderdatetime purchasedate createdat ordercreated saledate 日付 日時 年月日 date datetime",
            "注文日 受注日 購入日 申込日 注文年月日 orderdate purchasedate saledate",
        ),
        "customer_key" => (
            "顧客id 顧客番号 顧客コード 顧客no 会員id 会員番号 会員コード 会員no お客様番号 お客様id 得意先コード 購入者id 注文者id ユーザーid \
             customerid customernumber customer userid memberid buyerid buyerusername",
            "顧客id 顧客番号 顧客コード 会員番号 会員id お客様番号 customerid",
        ),
        "item_code" => (
            "商品コード 商品番号 商品id 商品管理番号 品番 型番 商品no 独自商品コード skuコード sku sku番号 sellersku itemcode itemid \
             productid productcode lineitemsku itemnumber itemsku asin jan janコード",
            "商品コード 商品番号 商品id 品番 sku itemcode productcode",
        ),
        "item_name" => (
            "商品名 品名 商品 商品名称 品目 商品タイトル itemname productname lineitemname product producttitle \
             itemtitle title name",
            "商品名 品名 itemname productname",
        ),
        "quantity" => (
            "数量 個数 購入数 注文数 注文数量 受注数 受注数量 販売数 販売数量 購入数量 点数 quantity qty quantitypurchased \
             lineitemquantity quantityordered pieces units",
            "数量 個数 quantity qty",
        ),
        "unit_price" => (
            "単価 販売単価 商品単価 税込単価 販売価格 商品価格 売価 価格 unitprice price lineitemprice priceeach itemunitprice \
             productprice soldfor",
            "単価 unitprice 販売価格",
        ),
        // Amazon: amounts of a row are of all its pieces.
        "line_total" => (
            "小計 商品小計 行合計 明細金額 明細合計 商品合計 itemprice itemtotal linetotal itemsubtotal lineamount",
            "小計 linetotal",
        ),
        "order_total" => (
            "商品合計金額 商品代金合計 合計金額 合計 注文合計 注文金額 受注金額 売上金額 購入金額 総額 総合計 請求金額 お支払金額 お支払い金額 支払金額 お買上金額 金額 売上 \
             売上高 ordertotal total totalprice grandtotal amount totalamount orderamount subtotal sum \
             sales",
            "合計 総額 注文金額 売上金額 total amount",
        ),
        "status" => (
            "注文ステータス 受注ステータス ステータス 注文状態 受注状態 状態 状況 対応状況 受注状況 注文状況 処理状況 orderstatus status \
             fulfillmentstatus financialstatus state itemstatus",
            "ステータス 状態 orderstatus 対応状況",
        ),
        "buyer_name" => (
            "氏名 お名前 名前 注文者氏名 注文者名 注文者 ご注文者名 購入者名 購入者氏名 購入者 顧客名 お客様名 会員名 得意先名 依頼主名 buyername \
             customername billingname purchasername fullname",
            "注文者名 注文者氏名 購入者名 顧客名 お客様名 buyername customername billingname",
        ),
        "phone" => (
            "電話番号 注文者電話番号 購入者電話番号 ご注文者電話番号 電話 tel telno 連絡先 携帯電話 携帯番号 phone phonenumber \
             buyerphonenumber billingphone telephone mobile",
            "電話番号 電話 phone",
        ),
        "mail" => (
            "メールアドレス 注文者メールアドレス 購入者メールアドレス メール eメール eメールアドレス mail email mailaddress emailaddress \
             buyeremail customeremail",
            "メールアドレス メール email",
        ),
        "postal_code" => (
            "郵便番号 注文者郵便番号 購入者郵便番号 〒 postalcode zip zipcode postcode billingzip buyerpostalcode",
            "郵便番号",
        ),
        "points_used" => (
            "利用ポイント 使用ポイント ポイント利用額 ポイント利用 ポイント使用 ポイント値引 ポイント値引き 使用ポイント額 pointsused usedpoints points",
            "利用ポイント 使用ポイント ポイント利用 ポイント値引",
        ),
        "shop_coupon" => (
            "クーポン クーポン値引 クーポン値引き クーポン利用額 クーポン割引 割引 割引額 値引 値引き 値引額 値引金額 割引金額 discount discountamount \
             coupon couponamount itempromotiondiscount",
            "クーポン利用 クーポン値引 値引 割引 discount",
        ),
        "postage" => {
            ("送料 配送料 送料合計 送料税込 shipping shippingfee shippingcost postage deliveryfee", "送料 配送料")
        }
        "payment" => (
            "支払方法 支払い方法 お支払方法 お支払い方法 決済方法 決済手段 支払手段 paymentmethod paymenttype payment gateway",
            "支払方法 支払い方法 決済方法 paymentmethod",
        ),
        _ => ("", ""),
    }
}

/// Parts of a name that make it about another day, person or amount than that of the order.
fn strangers(field: &str) -> &'static str {
    match field {
        "ordered_at" => {
            "発送 出荷 配送 配達 届 入金 支払 決済 更新 変更 誕生 生年 希望 予定 期限 キャンセル 登録 印刷 ship deliver pay paid update \
             birth promise estimated cancel fulfilled due"
        }
        "buyer_name" | "phone" | "postal_code" | "mail" => {
            "送付先 配送先 届け先 お届け 届先 送り先 発送先 受取 店舗 ship recipient delivery fax カナ かな フリガナ kana"
        }
        "order_number" | "item_code" | "customer_key" => {
            "追跡 問い合わせ 問合せ 送り状 電話 郵便 tracking phone tel zip 日 枝番 明細 行 orderitem lineitemid 種別 区分"
        }
        "unit_price" | "line_total" | "order_total" => {
            "送料 手数料 税額 消費税 内税 ポイント クーポン 値引 割引 原価 仕入 定価 税率 点数 数量 個数 件数 ship tax fee discount point \
             coupon cost gift refund 返金 compare 重量"
        }
        "postage" => "ship-promotion 税 tax 種別 区分 方法 discount",
        "item_name" => "注文者 購入者 顧客 カナ かな buyer customer",
        "points_used" => "付与 獲得 倍 進呈",
        "quantity" => "在庫 stock shipped toship 重量",
        "shop_coupon" => "名 コード 番号 code name 率 rate ship",
        "payment" => "コード 番号 日 手数料 金額 額 状態 ステータス 回数 code date fee amount status total",
        "status" => "入金 決済 支払 payment メール",
        _ => "",
    }
}

/// A name as names are compared: no width, case, spaces and marks, nothing in brackets.
fn plain(header: &str) -> String {
    let normal = normal_header(header).to_lowercase();
    let mut text = String::new();
    let mut depth = 0usize;
    for c in normal.chars() {
        match c {
            '(' | '[' | '【' | '「' => depth += 1,
            ')' | ']' | '】' | '」' => depth = depth.saturating_sub(1),
            '-' | '_' | '/' | '.' | ':' | '*' | '・' | '※' | '\'' | '"' => {}
            c if depth == 0 => text.push(c),
            _ => {}
        }
    }
    // `[注文番号]` is a name too.
    if text.is_empty() { normal.chars().filter(|c| c.is_alphanumeric()).collect() } else { text }
}

/// How surely a header names a field: 100 and a little less by its own name, 50 by a part of it, 0 not at all.
pub(super) fn score(field: &str, header: &str) -> i32 {
    let header = plain(header);
    if header.is_empty() {
        return 0;
    }
    let (whole, parts) = names(field);
    if let Some(at) = whole.split(' ').position(|name| name == header) {
        return 100 - i32::try_from(at).unwrap_or(0);
    }
    if is_strange(field, &header) {
        return 0;
    }
    let part = parts.split(' ').position(|part| header.contains(part));
    part.map_or(0, |at| 50 - i32::try_from(at).unwrap_or(0))
}

fn is_strange(field: &str, plain: &str) -> bool {
    strangers(field).split_whitespace().any(|part| plain.contains(part))
}

/// Whether this header names something else of the field's kind: a day of delivery, the fax of the recipient.
pub(super) fn is_other(field: &str, header: &str) -> bool {
    is_strange(field, &plain(header))
}

/// Whether this header names an amount that is not that of the goods.
pub(super) fn is_other_amount(header: &str) -> bool {
    is_other("order_total", header)
}

/// Whether a header is one of the names of any field.
pub(crate) fn is_known_name(header: &str) -> bool {
    FIELDS.iter().any(|field| score(field, header) > 0)
}
