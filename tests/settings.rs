//! The owner's settings: defaults filled in, changed, confirmed, undone; every change recomputes everything.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::{NewSetting, Setting, Settings};
use otokui_lib::app::{Error, Session, profit, settings};
use otokui_lib::insight::Scope;
use otokui_lib::insight::margin::Step;

fn shop() -> Session {
    let mut session = shops::empty();
    session.today = "2026-11-21".parse().expect("a day");
    shops::import(&mut session, &shops::one_file());
    session
}

fn set(key: &str, value: &str) -> NewSetting {
    NewSetting { key: key.into(), value: Some(value.into()), ..NewSetting::default() }
}

fn of<'s>(found: &'s Settings, key: &str) -> &'s Setting {
    found.settings.iter().find(|setting| setting.key == key).expect("a setting")
}

/// A step of the whole ledger's waterfall, low and high.
fn step(session: &Session, step: Step) -> (i64, i64) {
    let found = profit::answer(session, &Scope::default(), None).expect("an answer");
    let row = found.steps.iter().find(|row| row.key == step).expect("the step");
    (row.low.0, row.high.0)
}

#[test]
fn every_setting_has_a_name_an_explanation_and_a_default_that_says_where_it_is_from() {
    for language in [otokui_lib::app::Language::Japanese, otokui_lib::app::Language::English] {
        let session = Session::in_memory(language).expect("memory");
        let found = settings::answer(&session).expect("settings");
        assert!(found.settings.len() > 20);
        for setting in &found.settings {
            let words = [&setting.label, &setting.explanation, &setting.value_label, &setting.default_label];
            assert!(words.iter().all(|words| !words.is_empty() && !words.starts_with("setting-")), "{setting:?}");
            assert!(setting.choices.iter().all(|choice| !choice.label.starts_with("setting-")), "{setting:?}");
            assert!(!setting.confirmed, "nobody has confirmed anything");
            if setting.step.is_some() && setting.default_value.is_some() {
                assert!(!setting.source.is_empty() || setting.assumption, "{} has no source", setting.key);
                assert!(setting.checked_on.is_some());
            }
        }
        assert!(found.settings.iter().all(|setting| setting.mall.is_none() || !setting.in_use), "nothing sold yet");
    }
}

#[test]
fn malls_with_orders_are_in_use_until_the_owner_says_otherwise() {
    let mut session = shop();
    let found = settings::answer(&session).expect("settings");
    assert!(of(&found, "rakuten.payment_fee").in_use && of(&found, "yahoo.points").in_use);
    assert!(!of(&found, "own.system_fee").in_use);
    let open = found.unconfirmed_count;
    let found = settings::change(&mut session, &[set("yahoo.used", "no")]).expect("settings");
    assert!(!of(&found, "yahoo.points").in_use);
    assert!(found.unconfirmed_count < open, "what is not used needs no confirming");
}

#[test]
fn a_change_recomputes_everything_and_undoing_it_brings_everything_back() {
    let mut session = shop();
    let (before, version) = (step(&session, Step::PaymentFee), session_version(&session));
    assert!(before.0 < before.1, "a range while the rate is one");
    let new = [set("rakuten.payment_fee", "３．０％"), set("yahoo.payment_fee", "3")];
    let found = settings::change(&mut session, &new).expect("settings");
    assert!(session_version(&session) > version, "answers of before are stale");
    assert_eq!(of(&found, "rakuten.payment_fee").value.as_deref(), Some("3"));
    assert_eq!(
        (of(&found, "rakuten.payment_fee").low, of(&found, "rakuten.payment_fee").confirmed),
        (Some(0.03), true)
    );
    let after = step(&session, Step::PaymentFee);
    assert!(after.0 == after.1 && before.0 <= after.0 && after.1 <= before.1, "{before:?} {after:?}");
    assert_eq!(found.changes.len(), 2);
    assert!(found.changes.iter().all(|change| change.change_id == 1 && change.undone_at.is_none()));

    let found = settings::undo(&mut session, None).expect("settings");
    assert_eq!(step(&session, Step::PaymentFee), before, "both come back at once");
    assert!(!of(&found, "rakuten.payment_fee").confirmed);
    assert!(found.changes.iter().all(|change| change.undone_at.is_some()), "the history keeps them");
    assert!(matches!(settings::undo(&mut session, None), Err(Error::NothingToUndo)));
    assert!(matches!(settings::undo(&mut session, Some(1)), Err(Error::NothingToUndo)), "once is enough");
}

#[test]
fn typed_thresholds_are_kept_and_taken_back() {
    use otokui_lib::app::groups::answer;
    use otokui_lib::insight::rfm::CpmPreset;
    let mut session = shop();
    let before = answer(&session, &Scope::default()).expect("groups");
    assert!(!before.thresholds.recency_typed && before.cpm.preset == CpmPreset::Own);
    let new = [
        set("groups.recency", "5/10/15/20"),
        set("groups.frequency", "2/4/6/8"),
        set("groups.monetary", "10/30/50/70"),
        set("cpm.preset", "classic"),
    ];
    settings::change(&mut session, &new).expect("settings");
    let found = answer(&session, &Scope::default()).expect("groups");
    assert_eq!(found.thresholds.recency_days, [5.0, 10.0, 15.0, 20.0]);
    assert_eq!((found.thresholds.order_count, found.thresholds.monetary_percent), ([2, 4, 6, 8], [10, 30, 50, 70]));
    assert!(found.thresholds.recency_typed && found.cpm.preset == CpmPreset::Classic);
    settings::undo(&mut session, None).expect("settings");
    assert_eq!(answer(&session, &Scope::default()).expect("groups"), before, "one change, undone as one");
    let refused = settings::change(&mut session, &[set("groups.frequency", "1/2/3/4")]);
    assert!(matches!(refused, Err(Error::BadQuestion(_))), "everybody has bought once");
}

fn session_version(session: &Session) -> i64 {
    otokui_lib::app::start::start(session).expect("a start").ledger_version
}

#[test]
fn a_rate_holds_from_its_day_and_the_list_says_from_when() {
    let mut session = shop();
    let from = "2025-10-01".parse().ok();
    let found = settings::change(&mut session, &[NewSetting { holds_from: from, ..set("rakuten.payment_fee", "2.8") }]);
    let found = found.expect("settings");
    let setting = of(&found, "rakuten.payment_fee");
    assert_eq!((setting.value.as_deref(), setting.holds_from), (Some("2.8"), from));
    let steps: Vec<(Option<_>, &str, bool)> =
        setting.steps.iter().map(|step| (step.from, &*step.value, step.confirmed)).collect();
    assert_eq!(steps, [(None, "2.5-3.5", false), (from, "2.8", true)]);
    // Back to the default: everything said before is taken back.
    let back = NewSetting { key: "rakuten.payment_fee".into(), ..NewSetting::default() };
    let found = settings::change(&mut session, &[back]).expect("settings");
    assert_eq!(of(&found, "rakuten.payment_fee").steps.len(), 1);
    assert!(!of(&found, "rakuten.payment_fee").confirmed);
}

#[test]
fn confirming_keeps_what_holds_and_narrows_nothing_by_itself() {
    let mut session = shop();
    let before = step(&session, Step::ContributionMargin);
    let found = settings::confirm(&mut session, &[]).expect("settings");
    assert_eq!(found.unconfirmed_count, 0);
    assert_eq!(step(&session, Step::ContributionMargin), before, "confirming changes no figure");
    // The coupon fee has a step of its own in April 2024: confirming it keeps the free time before.
    let steps: Vec<&str> = of(&found, "rakuten.coupon_fee").steps.iter().map(|step| &*step.value).collect();
    assert_eq!(steps, ["0", "50"]);
    settings::undo(&mut session, None).expect("one confirmation is one change");
    assert!(settings::answer(&session).expect("settings").unconfirmed_count > 0);
}

#[test]
fn what_is_no_value_is_refused_and_changes_nothing() {
    let mut session = shop();
    for (key, value) in [
        ("rakuten.payment_fee", "much"),
        ("rakuten.payment_fee", "120"),
        ("rakuten.plan", "biggest"),
        ("postage", "-5"),
        ("no.such.setting", "1"),
    ] {
        let refused = settings::change(&mut session, &[set("postage.kanto", "700"), set(key, value)]);
        assert!(matches!(refused, Err(Error::BadQuestion(_))), "{key} {value}");
    }
    let twice = settings::change(&mut session, &[set("postage", "1"), set("postage", "2")]);
    assert!(matches!(twice, Err(Error::BadQuestion(_))));
    assert!(settings::answer(&session).expect("settings").changes.is_empty());
}

#[test]
fn a_customers_cost_is_earned_back_on_the_first_day_the_curve_reaches_it() {
    use otokui_lib::app::lifetime_value::screen;
    let mut session = shop();
    let before = screen(&session, &Scope::default()).expect("LTV");
    assert_eq!((before.answer.acquisition_cost, before.answer.payback_day), (None, None));
    let points = before.answer.curves[0].points.clone();
    let (first, last) = (points[0], points.last().expect("points"));
    assert!(last.value > first.value + 2.0, "people come back");
    let typed = |session: &mut Session, yen: f64| {
        settings::change(session, &[set("acquisition_cost", &format!("{yen:.0}"))]).expect("settings");
        screen(session, &Scope::default()).expect("LTV")
    };
    assert_eq!(typed(&mut session, first.value.floor()).answer.payback_day, Some(0));
    let later = typed(&mut session, first.value.ceil() + 1.0);
    let expected = points.iter().find(|point| point.value >= first.value.ceil() + 1.0).map(|point| point.day);
    assert!(later.answer.payback_day > Some(0) && later.answer.payback_day == expected);
    assert!(later.finding.ends_with("回収できています。"), "{}", later.finding);
    let never = typed(&mut session, 1_000_000.0);
    assert!(never.answer.payback_day.is_none() && never.finding.ends_with("まだ回収できていません。"));
}
