"""Japanese, as incident reports and newspapers of Japan write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from outage_cli.languages.eastern import Eastern, wall
from outage_cli.model.span import DAY, Duration, Instant
from outage_cli.model.state import State

if TYPE_CHECKING:
    from outage_cli.model.method import Treatment

_WEEKDAYS = "月火水木金土日"
_RULES = {
    "not-in-service": "提供期間外",
    "out-of-hours": "サービス時間外",
    "out-of-hours-as-up": "サービス時間外は正常扱い",
    "unknown": "状態不明",
    "unknown-as-up": "状態不明は正常扱い",
    "maintenance-excluded": "メンテナンスを除外",
    "maintenance-as-up": "メンテナンスは正常扱い",
    "part-of-a-minute": "1分未満の端数",
}


class Japanese(Eastern):
    """What the tool says in Japanese."""

    units: Mapping[str, str] = MappingProxyType({"d": "日", "h": "時間", "min": "分", "s": "秒"})
    myriads = ("万", "億", "兆")
    counter = "人"
    gap = ""
    under_a_second = "1秒未満"
    under_a_minute = "1分未満"
    tilde = "〜"
    until_a_time = "〜"
    brackets = "（{}）"
    comma = "、"
    slash = "／"
    letters = "[ぁ-ヿ一-鿿]"
    amounts: Mapping[str, str] = MappingProxyType(
        {
            ">=": "{}以上",
            "<=": "{}以下",
            ">": "{}超",
            "<": "{}未満",
            "-": "{}近く",
            "~": "約{}",
            "=": "{}",
        }
    )
    bounds: Mapping[str, str] = MappingProxyType(
        {"=": "{}", "~": "{}頃", "<=": "{}以前", ">=": "{}以降", "<": "{}より前"}
    )
    claimed_figures: Mapping[str, str] = MappingProxyType(
        {"downtime": "ダウンタイム", "availability": "稼働率", "starts": "発生", "ends": "復旧"}
    )
    leaning_on: Mapping[str, str] = MappingProxyType(
        {"since": "起点：", "until": "終点：", "window": "期間："}
    )

    code = "ja"
    typesetting = "th{word-break:keep-all}body{word-break:auto-phrase}"
    fonts = (
        "system-ui,'Hiragino Sans','Yu Gothic UI',Meiryo,"
        "'Noto Sans JP','Noto Sans CJK JP',sans-serif"
    )

    outage_report = "障害レポート"
    story = "障害の経過"
    methods_compared = "算出方法の比較"
    services = "サービス別の状況"
    totals = "全体の集計"
    periods = "期間別の集計"
    outages = "障害一覧"
    planned_work = "計画メンテナンス"
    blast_radius = "影響範囲"
    objectives = "SLOの達成状況"
    claims = "公表値との照合"
    milestones = "対応の節目"
    means = "平均所要時間"
    failures = "障害の統計"
    error_budgets = "エラーバジェット"
    worst_windows = "稼働率が最も低い期間"
    chart = "状態の推移"
    states_heading = "状態の推移"
    events = "主な経過"
    sources = "出典"
    services_moved = "サービス別の状況（時期をずらした場合）"
    totals_moved = "全体の集計（時期をずらした場合）"

    service = "サービス"
    seconds = "秒数"
    between = "推定幅"
    at_end = "終了時の状態"
    states_strip = "状態の推移"
    identifier = "識別名"
    operator = "事業者"
    group_name = "グループ"
    category = "分類"
    start = "発生日時"
    end = "復旧日時"
    period_start = "開始日時"
    period_end = "終了日時"
    length = "継続時間"
    worst = "最悪の状態"
    what_happened = "内容"
    period = "期間"
    hours = "時間数"
    work = "作業内容"
    windows = "予定回数"
    announced = "予告時間"
    used = "実施時間"
    overrun = "超過時間"
    total = "集計対象"
    service_count = "サービス数"
    any_down = "いずれか停止"
    all_down = "すべて停止"
    service_time = "延べ停止時間"
    mean_availability = "平均稼働率"
    user_weighted = "利用者数加重"
    failure_of = "発生元"
    took_down = "波及先"
    by_way_of = "経由"
    taken_for = "停止時間"
    users = "利用者数"
    claim = "公表内容"
    by = "公表元"
    computed = "算出値"
    difference = "差"
    verdict = "判定"
    incident = "障害"
    impact_start = "影響開始"
    stated_start = "記載上の発生"
    stated_end = "記載上の復旧"
    mean_time = "区間"
    how_many = "件数"
    mean = "平均"
    median = "中央値"
    p90 = "90パーセンタイル"
    maximum = "最大"
    left_out = "対象外"
    failure_count = "障害件数"
    user_minutes_lost = "延べ影響時間（分）"
    budget_unspent = "残り"
    worst_window = "期間の長さ"
    since = "開始"
    until = "終了"
    day = "日付"
    time = "時刻"
    since_the_start = "発生からの経過"
    phase = "段階"
    changes = "状態の変化"
    source = "出典"
    line = "行"
    state = "状態"
    method = "算出方法"
    weighted_downtime = "加重ダウンタイム"
    beside_standard = "standardとの違い"
    bucket = "区分"
    weight = "重み"
    rule = "適用ルール"
    opened_by = "開始の根拠"
    closed_by = "終了の根拠"
    reading = "時刻の解釈"
    who = "根拠"
    says = "示す状態"
    holds_since = "いつから"
    holds_until = "いつまで"

    not_applicable = "該当なし"
    ongoing = "継続中"
    all_periods = "全期間"
    all_together = "全体"
    not_announced = "予告なし"
    not_known = "不明"
    not_known_when = "日時不明"
    nothing_stated = "記載なし"
    nothing_yet = "まだ記載なし"
    stated = "記載"
    not_now = "予定なし"
    is_open = "サービス時間内"
    is_in_service = "提供中"
    no_outage = "障害なし"
    no_data = "データなし"
    whole_minutes_only = "1分未満は切り捨て"
    parts_of_minutes = "1分未満の端数を除外"
    up_all_the_time = "終始正常"
    some_time_that_day = "時刻不明"

    skip_the_chart = "グラフを読み飛ばす"
    how_to_read_the_chart = (
        "帯が高いほど状態が悪いことを示します。帯にカーソルを合わせると、根拠となるファイルの行が"
        "表示されます。同じ内容は下の表でも確認できます。"
    )
    chart_as_a_table = "グラフを表で見る"
    stretches_not_up = "正常でなかった時間帯"
    stretches_moved = "正常でなかった時間帯（時期をずらした場合）"
    some_time_in_here = "変化の時刻が不確か"
    summed_up = "複数の時間帯をまとめた帯（高いほど合計時間が長い）"
    blank = "（空白）"
    when_is_not_sure = "変化の時刻が不確か"
    states_of_services = "サービスの状態の推移"
    more_bar = "ほか"

    as_of_closes = "基準時点で集計を打ち切り"
    in_service_line = "提供期間"
    nothing_said_yet = "まだ記載がない（S4）"
    no_line_is_about_it = "該当する記載がないため正常とみなす（S4）"
    not_inherited = "波及なし"
    not_inherited_at_worst_up = "波及なし（波及しない設定）"
    outside_the_window = "集計期間外"
    considered_not_down = "算定対象には含まれますが、ダウンタイムには数えません"
    not_considered = "算定対象に含まれません"

    states: Mapping[State, str] = MappingProxyType(
        {
            State.UP: "正常",
            State.DEGRADED: "性能低下",
            State.PARTIAL: "一部停止",
            State.DOWN: "停止",
            State.MAINTENANCE: "メンテナンス",
            State.UNKNOWN: "状態不明",
            State.OUT_OF_HOURS: "サービス時間外",
            State.NOT_IN_SERVICE: "提供期間外",
        }
    )
    figures: Mapping[str, str] = MappingProxyType(
        {
            "downtime": "ダウンタイム",
            "own": "自サービス分",
            "inherited": "波及分",
            "weighted_downtime": "加重後",
            "considered": "算定対象",
            "availability": "稼働率",
            "outages": "障害件数",
            "longest_outage": "最長",
            "up_time": "正常時間",
            "degraded_time": "性能低下時間",
            "partial_time": "一部停止時間",
            "down_time": "全面停止時間",
            "maintenance_time": "メンテナンス時間",
            "unknown_time": "状態不明時間",
            "out_of_hours_time": "サービス時間外",
            "not_in_service_time": "提供期間外",
            "user_time_lost": "延べ影響時間",
            "slo": "SLO",
            "budget": "バジェット",
            "budget_left": "バジェット残",
            "budget_used": "消費率",
            "burn_rate": "バーンレート",
            "mtbf": "MTBF",
            "downtime_per_failure": "1件あたり停止時間",
            "whole_outages": "期間内に完結",
            "mean_outage": "平均",
            "median_outage": "中央値",
            "p90_outage": "90パーセンタイル",
        }
    )
    phases: Mapping[str, str] = MappingProxyType(
        {
            "started": "発生",
            "detected": "検知",
            "acknowledged": "対応開始",
            "identified": "原因特定",
            "mitigated": "暫定復旧",
            "resolved": "完全復旧",
        }
    )
    findings: Mapping[str, str] = MappingProxyType(
        {"agrees": "一致", "differs": "不一致", "undecidable": "判定不能"}
    )
    times_to: Mapping[str, str] = MappingProxyType(
        {
            "time_to_detect": "検知まで",
            "time_to_acknowledge": "対応開始まで",
            "time_to_mitigate": "暫定復旧まで",
            "time_to_repair": "検知後の復旧",
            "time_to_recover": "復旧まで",
        }
    )
    times_taken: Mapping[str, str] = MappingProxyType(
        {
            "time_to_detect": "発生から検知まで",
            "time_to_acknowledge": "検知から対応開始まで",
            "time_to_mitigate": "発生から暫定復旧まで",
            "time_to_repair": "検知から復旧まで",
            "time_to_recover": "発生から復旧まで",
        }
    )
    groupings: Mapping[str, str] = MappingProxyType(
        {"operator": "事業者", "group": "グループ", "category": "分類", "tag": "タグ"}
    )
    window_lengths: Mapping[str, str] = MappingProxyType(
        {"1h": "1時間", "1d": "1日", "7d": "7日", "30d": "30日"}
    )
    readings: Mapping[str, str] = MappingProxyType(
        {
            "best": "最有力",
            "kindest": "楽観的",
            "harshest": "悲観的",
            "exact": "確定",
        }
    )
    calendars: Mapping[str, str] = MappingProxyType(
        {"hours": "サービス時間", "in_service": "提供期間", "maintenance": "計画メンテナンス"}
    )

    def days(self, duration: Duration) -> str:
        """Return how far something is moved: `2日`."""
        days, rest = divmod(duration, DAY)
        return self.duration(duration) if rest else f"{days}日"

    def any_stretch_of(self, duration: Duration) -> str:
        """Return a rolling period: `任意の30日間`."""
        days, rest = divmod(duration, DAY)
        return f"任意の{self.duration(duration) if rest or not days else f'{days}日間'}"

    def date(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant: `2022年10月15日`."""
        return f"{wall(at, timezone).year}年{self.day_of_year(at, timezone)}"

    def day_heading(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant with its weekday: `2022年10月15日（土）`."""
        weekday = _WEEKDAYS[wall(at, timezone).weekday()]
        return f"{self.date(at, timezone)}（{weekday}）"

    def day_of_year(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant whose year goes without saying: `10月16日`."""
        clock = wall(at, timezone)
        return f"{clock.month}月{clock.day}日"

    def somewhere_between(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return between what an edge lies, behind the line that it is from."""
        return f"（{self.from_to(first, last, timezone)}の間）"

    def by_time(self, time: str) -> str:
        """Return a time that is the latest possible."""
        return f"{time}以前"

    def after_time(self, time: str) -> str:
        """Return a time that is the earliest possible."""
        return f"{time}以降"

    def give_or_take(self, time: str, about: Duration) -> str:
        """Return a time and how far it may be off: `15:33頃（±15分）`."""
        return f"{time}頃（±{self.duration(about)}）"

    def elapsed(self, since: Duration, *, is_exact: bool) -> str:
        """Return how long after the start something was: `発生`, `約4時間後`, `5分前`."""
        about = "" if is_exact else "約"
        if not since:
            return "発生" if is_exact else "発生頃"
        return f"{about}{self.duration(abs(since))}{'後' if since > 0 else '前'}"

    def part_of_the_calendar(self, kind: str, numbers: Sequence[int]) -> str:
        """Return a year, a month or a day; of the kinds `Q` and `W` a quarter or a week."""
        if kind:
            return f"{numbers[0]}年第{numbers[1]}{'四半期' if kind == 'Q' else '週'}"
        return "".join(f"{number}{unit}" for number, unit in zip(numbers, "年月日", strict=False))

    def last_days(self, days: int) -> str:
        """Return the days that end at as-of."""
        return f"直近{days}日"

    def window(self, label: str, period: str, timezone: str, length: str) -> str:
        """Return the window of a report."""
        return f"{f'{label}：' if label else ''}{period}（{timezone}、{length}）"

    def as_of(self, clock: str, *, is_now: bool) -> str:
        """Return when what is open was closed."""
        return f"現時点（{clock}）" if is_now else f"{clock}時点"

    def counted_by(self, method: str) -> str:
        """Return the name of the method."""
        return f"算出方法：{method}"

    def outages_of(self, least: Duration) -> str:
        """Return the rule that leaves short outages out."""
        return f"{self.duration(least)}以上の障害のみ"

    def what_if(self, far: str, start: Instant, timezone: str, *, later: bool, seen: bool) -> str:
        """Return how far an outage was moved and to when; whether the window has that in it."""
        day, time = self.day_heading(start, timezone), self.time_of_day(start, timezone)
        remark = "" if seen else "（集計期間外。--window で別の期間を指定してください）"
        return f"もし{far}{'遅く' if later else '早く'}、{day}{time}に発生していたら{remark}"

    def more_rows(self, count: int, form: str) -> str:
        """Return how many rows a table leaves out, and which format has them all."""
        return f"…ほか{count:,}行（-f {form} で全件を出力）"

    def more_services(self, count: int) -> str:
        """Return how many services a chart has no room for."""
        return f"…ほか{count:,}サービス"

    def more_in_less(self, count: int) -> str:
        """Return how many stretches a page leaves out."""
        return f"…ほか{count:,}件（期間を短くすると表示されます）"

    def more_elsewhere(self, count: int) -> str:
        """Return how many events lie outside the window, or are about other services."""
        return f"…ほか{count:,}件（期間外、または他のサービスに関するもの）"

    def more_here(self, count: int) -> str:
        """Return how many events share a mark."""
        return f"…ほか{count:,}件"

    def more_characters(self, count: int) -> str:
        """Return how much of a text is left out."""
        return f"…（残り{count:,}文字）"

    def further_away(self, count: int) -> str:
        """Return how many services a failure took down by a long way."""
        return f"ほか{count:,}サービス（さらに先の波及）"

    def services_added_up(self, services: int, possible: int) -> str:
        """Return how many services a failure took down, and how many it may have."""
        return f"計{services:,}{f'〜{possible:,}' if services < possible else ''}サービス"

    def rows_of(self, first: int, last: int, count: int) -> str:
        """Return which rows of a long table a part of it has."""
        return f"全{count:,}件中 {first:,}〜{last:,}件目"

    def via(self, service: str) -> str:
        """Return by way of whom something was inherited."""
        return f"（{service}から波及）"

    def services_are(self, services: Sequence[str], told: str) -> str:
        """Return what some services are."""
        return f"{'、'.join(services)}：{told}"

    def said_to_be(self, state: str) -> str:
        """Return what a line says, where something else shows."""
        return f"{state}との記載"

    def still(self, state: str) -> str:
        """Return what goes on."""
        return f"引き続き{state}"

    def group(self, kind: str, label: str) -> str:
        """Return what services of a group have in common."""
        return f"{kind}：{label}" if label else f"{kind}なし"

    def with_ongoing(self, length: str) -> str:
        """Return the length of an outage that had not ended at as-of: `10時間、継続中`."""
        return f"{length}、{self.ongoing}"

    def left_out_of_mean(self, ongoing: int, negative: int, not_stated: int) -> str:
        """Return how many values a mean leaves out, and why."""
        counts = ((ongoing, "継続中"), (negative, "負の値"), (not_stated, "記載なし"))
        return "、".join(f"{word}{count}件" for count, word in counts if count)

    def going_on_at(self, clock: str) -> str:
        """Return the computed end of what has none."""
        return f"{clock}時点で継続中"

    def and_now(self, least: str) -> str:
        """Return between what lies the end of what still goes on."""
        return f"{least}〜現在"

    def apart(self, far: str, figure: str, *, more: bool) -> str:
        """Return how far a computed figure is from the published one: `30分遅い`."""
        words = {"downtime": ("長い", "短い"), "availability": ("高い", "低い")}
        return far + words.get(figure, ("遅い", "早い"))[not more]

    def points(self, digits: str) -> str:
        """Return a difference of percentages."""
        return f"{digits}ポイント"

    def chart_frame(self, period: str, timezone: str, *, covers: bool) -> str:
        """Return from when to when a chart is, and whether it shows all of the window."""
        return f"{period}（{timezone}{'' if covers else '、集計期間のうち動きのあった部分'}）"

    def states_of(self, title: str) -> str:
        """Return the title of a chart."""
        return f"サービスの状態の推移：{title}"

    def lane(self, service: str, told: Sequence[tuple[State, Duration]]) -> str:
        """Return how long a service was in which state."""
        return f"{service}：{self.times(told, '、') or self.up_all_the_time}"

    def stretch(self, state: State, period: str, length: str, via: str) -> str:
        """Return what a service was, from when to when, how long, and by way of whom."""
        way = f"、{via}から波及" if via else ""
        return f"{self.states[state]}：{period}、{length}{way}"

    def stretch_period(self, start: str, end: str) -> str:
        """Return from when to when a stretch is."""
        return f"{start}〜{end}"

    def place_says(self, place: str, what: str) -> str:
        """Return the line behind a stretch, after a sentence."""
        return f"。{place}：{what}" if what else f"。{place}"

    def summary(
        self, period: str, count: int, state: State, told: Sequence[tuple[State, Duration]]
    ) -> str:
        """Return what a cell sums up."""
        times = f"（{self.times(told, '、')}）" if told else ""
        return f"{period}：{self.states[state]} {count}回{times}"

    def description(self, frame: str, lanes: Sequence[str], more: int) -> str:
        """Return what a picture shows, for those who hear it."""
        told = [*lanes, *([f"ほか{more:,}サービス"] if more else [])]
        return f"{frame}。{'。'.join(told)}。"

    def event_signs(self, signs: Sequence[tuple[str, str]]) -> str:
        """Return what the letters above a chart mean."""
        return f"主な経過：{'、'.join(f'{sign} {word}' for sign, word in signs)}"

    def column_is(self, duration: Duration) -> str:
        """Return what one sign of a chart stands for."""
        return f"1文字は{self.duration(duration)}（その間で最も悪い状態を表示）"

    def sign_is(self, duration: Duration) -> str:
        """Return what one sign of a strip stands for."""
        return self.column_is(duration)

    def either(self, first: str, then: str) -> str:
        """Return two states, of which nobody knows which holds."""
        return f"{first}または{then}"

    def times_state(self, count: int, state: str) -> str:
        """Return how many stretches of a state a bar sums up."""
        return f"{state} {count}回"

    def written_by(self, version: str) -> str:
        """Return what made a page."""
        return f"作成：outage {version}"

    def shorter_left_out(self, count: int, least: Duration) -> str:
        """Return how many outages were too short to count."""
        return f"{self.duration(least)}未満の障害{count}件を除外"

    def treated(self, state: State, aside: Treatment) -> str:
        """Return what becomes of time beside the ladder."""
        treated = {"as-up": "は正常扱い", "count": "を算入", "exclude": "を除外"}
        return f"{self.states[state]}{treated[aside.value]}"

    def weighs(self, state: State, weight: str) -> str:
        """Return what a state weighs."""
        if weight == "0":
            return f"{self.states[state]}を算入しない"
        return f"{self.states[state]}" + ("を算入" if weight == "1" else f"の重みは{weight}")

    def makes_a_difference(self, told: str, lost: str, considered: Duration) -> str:
        """Return a difference, what it adds to downtime and to what is considered."""
        changes = [lost] if lost else []
        if considered:
            more = "増" if considered > 0 else "減"
            changes.append(f"算定対象が{self.duration(abs(considered))}{more}")
        return f"{told}：{'、'.join(changes)}" if changes else told

    def on_reading(self, name: str) -> str:
        """Return on which reading of the times an explanation is."""
        return f"時刻の解釈：{name}"

    def hours_line(self, hours: Sequence[str]) -> str:
        """Return the hours of a service."""
        return f"サービス時間：{'、'.join(hours)}"

    def rule_word(self, rule: str) -> str:
        """Return what took time out of the downtime."""
        if rule.startswith("shorter-than-"):
            return f"{self.length_of_rule(rule)}未満の障害"
        return _RULES.get(rule, rule)

    def inherited_by(self, way: str, *, own: bool) -> str:
        """Return through whom an interval was inherited, before the line behind it."""
        return f"{way}から波及{'（自サービス分に算入）' if own else ''}："

    def it_counts(self, clock: str, bucket: str, counts: str) -> str:
        """Return the sentence that says what an instant is, and how it counts."""
        return f"{clock}は「{bucket}」。{counts}。"

    def counts_as(self, weight: str, *, own: bool) -> str:
        """Return how an instant of downtime counts."""
        return (
            f"{self.figures['own' if own else 'inherited']}のダウンタイムに数えます（重み{weight}）"
        )

    def first_that_fits(self, tried: Sequence[str], fits: str) -> str:
        """Return which buckets were tried in vain, and which one fits (M1)."""
        told = [*(f"{each}×" for each in tried), f"{fits}○"]
        return f"最初に当てはまる区分をとります（M1）：{'、'.join(told)}。"

    def clauses_defined(self, clauses: Sequence[str]) -> str:
        """Return where the clauses are defined that a screen cites."""
        return f"{'、'.join(clauses)}：docs/accounting.md を参照"

    def were_it_not(self, bucket: str, other: str) -> str:
        """Return what an instant would be otherwise."""
        return f"「{bucket}」でなければ「{other}」になります。"

    def by_reading(self, told: Sequence[tuple[str, str]]) -> str:
        """Return what an instant is on each reading of the times."""
        return f"時刻の解釈別：{'、'.join(f'{name}＝{word}' for name, word in told)}。"

    def lies_in(self, start: str, end: str, seconds: str) -> str:
        """Return the interval that an instant lies in."""
        return f"この時点を含む区間は、{start}から{end}までの{seconds}秒です。"

    def asked_one_sided(self, *, no_later: bool) -> str:
        """Return how vague the time is that was asked for."""
        way = "以前" if no_later else "以降"
        return f"指定された時刻はこの時点{way}です。最も確からしい時刻で判定しています。"

    def asked_between(
        self, first: Instant, last: Instant, timezone: str, told: Sequence[str]
    ) -> str:
        """Return between what the time lies that was asked for, and what was then."""
        span = self.from_to(first, last, timezone)
        return (
            f"指定された時刻の幅は{span}（{'→'.join(told)}）。最も確からしい時刻で判定しています。"
        )

    def overruns(self, state: str, counts_as: str) -> str:
        """Return what a line says, and as what it counts once its window is over."""
        return f"{state}（予定を超過：{counts_as}）"

    def requires(self, services: Sequence[str], needed: int) -> str:
        """Return what a service requires."""
        if len(services) == 1:
            return f"依存先 {services[0]}"
        return f"依存先 {len(services)}サービス中{needed}サービス以上"

    def imposed_not_inherited(self, state: str) -> str:
        """Return what a requirement is, where the service does not inherit it."""
        return f"{state}（波及なし）"

    def way_of(self, way: str) -> str:
        """Return the way by which something is inherited."""
        return f"経由：{way}"

    def at_worst(self, state: str) -> str:
        """Return what is inherited at most."""
        return f"波及の上限：{state}"

    def speaks_for_itself(self, line: str) -> str:
        """Return why nothing is inherited any more."""
        return f"このサービス自身の記載を優先し、波及なし：{line}"


CATALOGUE = Japanese()
