//! What is known about the report itself. Each field carries the place that it was read from; what the text does not
//! give is none.

pub(super) mod date;
mod evidence;
mod issuer;
mod jurisdiction;
pub mod kinds;
mod labels;

use super::body::Body;
use super::page::Label;
use super::report::{About, Kind, Origin};
use super::rules::Rules;
use super::text::Text;
use jurisdiction::Sources;

pub use date::{Date, date_at, first_year};
pub use kinds::Kinds;

/// The first lines of the body tell kind and year where the title does not.
const OPENING: usize = 300;
/// A by-line in front of the body is no longer.
const BYLINE: usize = 60;
/// A summary that is published up to this month is about the year before.
const EARLY: u8 = 4;

/// What is known about the report in this page. `path` is not evidence: it only would be guessed from.
pub fn about(text: &Text, body: &Body, _path: &str, rules: &Rules) -> About {
    let title = title(text, body);
    let folded_title: Vec<char> =
        body.title.iter().flat_map(|&line| &text.folded()[line.start..line.end]).copied().collect();
    let outside = labels::outside(text, body);
    let fields = labels::fields(text, &outside, rules);
    let mut origins = Vec::new();
    let mut note =
        |field: &str, from: &str| origins.push(Origin { field: field.to_owned(), from: from.to_owned() });

    let sources = Sources {
        folded: text.folded(),
        title: &folded_title,
        body: body.span,
        fields: &fields,
        outside: &outside,
    };
    let kind = kind(text, body, &folded_title, rules);
    note("kind", kind.1);
    let place = jurisdiction::find(&sources, rules).map(|(place, origin)| {
        note("jurisdiction", &origin);
        place
    });
    let issuer = issuer::find(&sources, place.as_ref(), kind.0, rules).map(|(issuer, origin)| {
        note("issuer", &origin);
        issuer
    });
    let published = labels::published(text, &outside, &fields, rules)
        .or_else(|| labels::closing_date(text, body).map(|date| (date, "date that closes the report")));
    if let Some((_, origin)) = published {
        note("published", origin);
    }
    let year = year(&sources, kind.0, published.map(|(date, _)| date));
    if let Some((_, origin)) = year {
        note("year", origin);
    }
    let source =
        fields.iter().find(|f| f.label == Label::Source && !f.value.is_empty()).map(|f| text.slice(f.value));
    if source.is_some() {
        note("source", "label");
    }
    About {
        title,
        jurisdiction: place,
        issuer,
        published: published.map(|(date, _)| date.to_string()),
        year: year.map(|(year, _)| year),
        source,
        kind: kind.0,
        origins,
    }
}

/// The title's lines as one: without a blank where the second is a subtitle or goes on.
fn title(text: &Text, body: &Body) -> Option<String> {
    let lines = body.title.iter().map(|&span| text.slice(span));
    let title = lines.collect::<Vec<_>>().concat();
    (!title.is_empty()).then_some(title)
}

/// The first lines, with a by-line that stands in front of them.
fn opening<'a>(text: &'a Text, body: &Body) -> &'a [char] {
    let line = text.lines().get(text.line_at(body.span.start)).map_or(body.span.start, |line| line.start);
    let start = line.max(body.span.start.saturating_sub(BYLINE)).min(body.span.start);
    &text.folded()[start..body.span.end.min(body.span.start + OPENING)]
}

fn kind(text: &Text, body: &Body, title: &[char], rules: &Rules) -> (Kind, &'static str) {
    if let Some(kind) = rules.kinds.of_title_end(title) {
        return (kind, "title");
    }
    let opening = rules.kinds.of_opening(opening(text, body));
    if opening == Some(Kind::News) && !title.is_empty() {
        return (Kind::News, "first sentences");
    }
    if let Some(kind) = rules.kinds.of_title(title) {
        return (kind, "title");
    }
    if let Some(kind) = opening {
        return (kind, "first sentences");
    }
    if title.is_empty() {
        (Kind::default(), "no title: the usual kind")
    } else {
        (Kind::News, "title names no report")
    }
}

/// The year reported on.
fn year(from: &Sources<'_>, kind: Kind, published: Option<Date>) -> Option<(u16, &'static str)> {
    let possible = |&(year, _): &(u16, usize)| published.is_none_or(|date| year <= date.year);
    let body = &from.folded[from.body.start..from.body.end];
    let opening = &body[..body.len().min(OPENING)];
    let outside =
        || from.outside.iter().find_map(|line| date::first_year(&from.folded[line.start..line.end]));
    if let Some((year, _)) = date::first_year(from.title).filter(possible) {
        return Some((year, "title"));
    }
    if let Some((year, _)) = date::leading_year(opening).filter(possible) {
        return Some((year, "first sentences"));
    }
    if let Some((year, _)) = date::headed_year(body).filter(possible) {
        return Some((year, "a heading"));
    }
    if let Some((year, _)) = date::first_year(opening).filter(possible) {
        return Some((year, "first sentences"));
    }
    if let Some((year, _)) = outside().filter(possible) {
        return Some((year, "line above or below the text"));
    }
    match published {
        Some(date) if kind == Kind::News => return Some((date.year, "year of publication")),
        _ => {}
    }
    if let Some((year, _)) = date::planned_year(body).filter(possible) {
        return Some((year, "a plan that the body names"));
    }
    if let Some((year, _)) = date::first_year(body).filter(possible) {
        return Some((year, "first year that the body names"));
    }
    if let Some((year, _)) = date::since_year(opening).filter(possible) {
        return Some((year, "first sentences"));
    }
    published.filter(|date| date.month <= EARLY).map(|date| (date.year - 1, "year before publication"))
}

#[cfg(test)]
mod tests {
    use super::super::body;
    use super::*;

    fn read(page: &str) -> About {
        let (text, rules) = (Text::new(page), Rules::builtin().unwrap());
        about(&text, &body::find(&text, &rules), "", &rules)
    }

    fn place(page: &str) -> Option<(String, String)> {
        read(page).jurisdiction.map(|place| (place.name, place.code))
    }

    fn named(name: &str, code: &str) -> Option<(String, String)> {
        Some((name.to_owned(), code.to_owned()))
    }

    const PROSE: &str = "一年来,坚持依法行政,认真履行职责,各项工作取得新成效,群众满意度不断提升。";

    #[test]
    fn a_county_site_that_reprints_its_city_is_about_the_city() {
        let page = format!(
            "让法治护航发展——我市依法治市工作综述\n陵川县政府 2023-04-07 11:14 来源:太行日报\n{PROSE}\n新修订的《晋城市停车条例》实施,《晋城市物业条例》通过。我市各县区中,陵川县开展试点。截至目前,晋城市共培养法律明白人两千名。"
        );
        let got = read(&page);
        assert_eq!(got.jurisdiction.map(|p| p.code).as_deref(), Some("140500"));
        assert_eq!(got.source.as_deref(), Some("太行日报"));
        assert_eq!((got.kind, got.issuer), (Kind::WorkSummary, None));
    }

    #[test]
    fn places_with_one_short_name_stay_apart() {
        let report = |who: &str| place(&format!("{who}2022年法治政府建设情况报告\n{PROSE}"));
        assert_eq!(report("湘潭县司法局"), named("湘潭县", "430321"));
        assert_eq!(report("湘潭市司法局"), named("湘潭市", "430300"));
        assert_eq!(report("吉林省"), named("吉林省", "220000"));
        assert_eq!(report("吉林市"), named("吉林市", "220200"));
    }

    #[test]
    fn an_ambiguous_name_needs_the_place_above() {
        let report = |site: &str| place(&format!("{site}\n鼓楼区2022年法治政府建设年度报告\n{PROSE}"));
        assert_eq!(report("当前位置:南京市鼓楼区人民政府 > 公开"), named("鼓楼区", "320106"));
        assert_eq!(report("当前位置:首页 > 公开"), named("鼓楼区", ""));
    }

    #[test]
    fn places_without_a_code_get_a_local_id() {
        let report = |who: &str| place(&format!("{who}2022年法治政府建设情况报告\n{PROSE}"));
        assert_eq!(report("兰州新区"), named("兰州新区", "620100/兰州新区"));
        assert_eq!(report("丰都县栗子乡人民政府"), named("栗子乡", "500230/栗子乡"));
        assert_eq!(report("浦东新区"), named("浦东新区", "310115"));
    }

    #[test]
    fn a_name_that_is_gone_keeps_its_old_code() {
        let page = format!("沙县司法局2019年法治政府建设情况报告\n{PROSE}");
        assert_eq!(place(&page), named("沙县", "350427"));
    }

    #[test]
    fn relative_names_are_completed_or_left_open() {
        let page = format!(
            "2022年省司法厅推进法治建设工作综述\n{PROSE}\n全省出台《湖北省法治督察办法》,修订《湖北省法律援助条例》。"
        );
        assert_eq!(read(&page).issuer.as_deref(), Some("湖北省司法厅"));
        let open =
            read(&format!("区司法局关于2022年法治政府建设情况的报告\n{PROSE}\n区委、区政府高度重视。"));
        assert_eq!((open.jurisdiction, open.issuer, open.year), (None, None, Some(2022)));
        let county = read(&format!(
            "某某县\n泽州县2022年法治政府建设情况报告\n发布日期:2023-02-01 发布机构: 县司法局\n{PROSE}"
        ));
        assert_eq!(county.issuer.as_deref(), Some("泽州县司法局"));
    }

    #[test]
    fn two_organs_may_report_together() {
        let page = format!("中共方城县委 方城县人民政府\n关于2022年法治政府建设情况的报告\n{PROSE}");
        assert_eq!(read(&page).issuer.as_deref(), Some("中共方城县委 方城县人民政府"));
        let page = format!("龙溪镇2022年法治政府建设年度报告\n武冈市龙溪镇人民政府 2023年4月\n{PROSE}");
        assert_eq!(read(&page).issuer.as_deref(), Some("武冈市龙溪镇人民政府"));
    }

    #[test]
    fn the_visitors_date_is_not_that_of_the_report() {
        let page =
            format!("欢迎访问某网 今天是 2024年11月19日 星期二\n泽州县2022年法治政府建设情况报告\n{PROSE}");
        assert_eq!(read(&page).published, None);
        let closed = read(&format!("{page}\n泽州县司法局\n2023年1月15日"));
        assert_eq!(closed.published.as_deref(), Some("2023-01-15"));
        assert_eq!(closed.issuer.as_deref(), Some("泽州县司法局"));
        assert!(closed.origins.iter().any(|o| o.field == "published" && o.from.contains("closes")));
    }

    #[test]
    fn the_date_of_publication_goes_before_that_of_writing() {
        let page = format!(
            "[ 成文日期 ] 2023-01-22 [ 发布日期 ] 2023-02-10\n某县2022年法治政府建设情况报告\n{PROSE}"
        );
        assert_eq!(read(&page).published.as_deref(), Some("2023-02-10"));
    }

    #[test]
    fn a_short_page_and_a_table_of_labels_keep_their_title() {
        let of = read(
            "某乡人民政府关于2025年法治政府建设情况的报告\n\n发布日期:2026-02-28 11:23:27\n\n一、主要做法\n\n全年开展法治培训12次,调解纠纷36件。\n\n",
        );
        assert_eq!(of.title.as_deref(), Some("某乡人民政府关于2025年法治政府建设情况的报告"));
        assert_eq!(of.published.as_deref(), Some("2026-02-28"));
        let of = read(
            "[ 索 引 号 ] 11500240/2026-00002 [ 主题分类 ] 司法;法制 [ 体裁分类 ] 其他\n[ 发布机构 ] 某县青石乡 [ 发文字号 ] 青府文〔2026〕5号\n[ 标 题 ] 青石乡2025年法治政府建设情况报告\n[ 成文日期 ] 2026-01-16 [ 发布日期 ] 2026-01-18\n\n青石乡2025年法治政府建设情况报告\n\n一、主要做法\n全年开展法治培训12次,调解纠纷36件。",
        );
        assert_eq!(of.title.as_deref(), Some("青石乡2025年法治政府建设情况报告"));
        assert_eq!(of.published.as_deref(), Some("2026-01-18"));
        assert_eq!(of.issuer.as_deref(), Some("某县青石乡"));
    }

    #[test]
    fn town_and_country_in_the_name_of_an_organ_are_no_township() {
        let of = read(&format!("温岭市住房和城乡建设局2023年法治政府建设情况报告\n{PROSE}"));
        assert_eq!(of.jurisdiction.map(|place| place.name).as_deref(), Some("温岭市"));
        let of = read(&format!("元谋县城乡规划局2016年依法行政工作报告\n{PROSE}"));
        assert_eq!(of.jurisdiction.map(|place| place.name).as_deref(), Some("元谋县"));
        let of = read(&format!("鼓楼区人民政府青石街道办事处2022年法治政府建设情况报告\n{PROSE}"));
        assert_eq!(of.jurisdiction.map(|place| place.name).as_deref(), Some("青石街道"));
    }

    #[test]
    fn a_report_without_a_title_says_what_it_is_about() {
        let name = |page: &str| read(page).jurisdiction.map(|place| (place.name, place.code));
        let town = name(
            "县委、县政府:\n现将元谋县青石镇2023年度法治政府建设情况报告如下:\n一、主要做法\n我镇调解纠纷36件。",
        );
        assert_eq!(town, Some(("青石镇".to_owned(), "532328/青石镇".to_owned())));
        let zone =
            name("在市委领导下,现将郑东新区2025年度法治政府建设情况报告如下。\n一、主要做法\n调解纠纷36件。");
        assert_eq!(zone.map(|(name, _)| name).as_deref(), Some("郑东新区"));
        let street = "2023年,青石街道在区委领导下坚持依规办事,出台《上城区青石街道规定》。\n一、主要做法\n调解纠纷36件。";
        assert_eq!(name(street).map(|(name, _)| name).as_deref(), Some("青石街道"));
        let own = name("现将我镇2023年度法治政府建设情况报告如下:\n一、主要做法\n我镇调解纠纷36件。");
        assert_eq!(own, None);
    }

    #[test]
    fn a_government_in_short_acts_in_the_first_sentence() {
        let of = read("2017年,淄博市政府推进依法行政,做好各项工作。\n一、主要做法\n调解纠纷36件。");
        assert_eq!(of.issuer.as_deref(), Some("淄博市人民政府"));
    }

    #[test]
    fn a_year_may_stand_before_the_townships_name() {
        let of = read("2025年青石镇法治政府建设报告\n\n一、主要做法\n我镇开展法治培训12次。");
        assert_eq!(of.jurisdiction.map(|place| place.name).as_deref(), Some("青石镇"));
    }

    #[test]
    fn a_title_that_breaks_off_is_joined() {
        let title = |page: &str| read(&format!("{page}\n{PROSE}")).title.unwrap_or_default();
        assert_eq!(
            title("某市生态环境局关于2024年度\n法治政府建设情况的报告"),
            "某市生态环境局关于2024年度法治政府建设情况的报告"
        );
        assert_eq!(
            title("某县人民政府\n关于2023年度法治政府建设情况的\n报 告"),
            "某县人民政府关于2023年度法治政府建设情况的报 告"
        );
        assert_eq!(
            title("中共某区某街道工作委员会\n某区人民政府某街道办事处\n关于2025年度法治政府建设情况的报告"),
            "中共某区某街道工作委员会某区人民政府某街道办事处关于2025年度法治政府建设情况的报告"
        );
    }

    #[test]
    fn the_first_sentence_names_place_and_year_where_no_title_does() {
        let of = read("2025年以来,泽州县交通运输局推进法治建设。现将有关情况报告如下。\n一、主要做法");
        assert_eq!(of.jurisdiction.map(|p| p.code).as_deref(), Some("140525"));
        assert_eq!(of.year, Some(2025));
        let levels = read("2025年,县乡合法性审查质效提升,各项工作取得新成效。");
        assert_eq!(levels.jurisdiction, None);
    }

    #[test]
    fn a_branch_reports_for_its_district_and_a_ministry_without_a_place() {
        let branch = read(&format!("广州市公安局增城区分局关于2024年度法治政府建设情况的报告\n{PROSE}"));
        assert_eq!(branch.jurisdiction.map(|p| p.name).as_deref(), Some("增城区"));
        let ministry = read(&format!("水利部2024年法治政府建设年度报告\n{PROSE}"));
        assert_eq!(ministry.issuer.as_deref(), Some("水利部"));
    }
}
