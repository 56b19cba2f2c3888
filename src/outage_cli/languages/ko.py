"""Korean, as incident reports and newspapers of Korea write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from outage_cli.languages.eastern import Eastern, wall
from outage_cli.model.span import DAY, Duration, Instant
from outage_cli.model.state import State

if TYPE_CHECKING:
    from outage_cli.model.method import Treatment

_WEEKDAYS = "월화수목금토일"
_RULES = {
    "not-in-service": "미제공 기간",
    "out-of-hours": "운영 시간 외",
    "out-of-hours-as-up": "운영 시간 외를 정상으로 간주",
    "unknown": "상태 불명",
    "unknown-as-up": "상태 불명을 정상으로 간주",
    "maintenance-excluded": "점검 제외",
    "maintenance-as-up": "점검을 정상으로 간주",
    "part-of-a-minute": "1분 미만",
}


def _object(word: str) -> str:
    """Return a word with the particle of an object, which follows the sound before it (을/를)."""
    return f"{word}{'을' if (ord(word[-1]) - ord('가')) % 28 else '를'}"


class Korean(Eastern):
    """What the tool says in Korean."""

    units: Mapping[str, str] = MappingProxyType({"d": "일", "h": "시간", "min": "분", "s": "초"})
    myriads = ("만", "억", "조")
    counter = "명"
    gap = " "
    under_a_second = "1초 미만"
    under_a_minute = "1분 미만"
    tilde = "~"
    until_a_time = " ~ "
    brackets = "({})"
    comma = ", "
    letters = "[가-힣]"
    amounts: Mapping[str, str] = MappingProxyType(
        {
            ">=": "{} 이상",
            "<=": "{} 이하",
            ">": "{} 초과",
            "<": "{} 미만",
            "-": "거의 {}",
            "~": "약 {}",
            "=": "{}",
        }
    )
    bounds: Mapping[str, str] = MappingProxyType(
        {"=": "{}", "~": "{}경", "<=": "{} 이전", ">=": "{} 이후", "<": "{} 전"}
    )
    claimed_figures: Mapping[str, str] = MappingProxyType(
        {"downtime": "다운타임", "availability": "가용성", "starts": "발생", "ends": "복구"}
    )
    leaning_on: Mapping[str, str] = MappingProxyType(
        {"since": "시작: ", "until": "종료: ", "window": "기간: "}
    )

    code = "ko"
    typesetting = "body{word-break:keep-all}"
    fonts = (
        "system-ui,'Apple SD Gothic Neo','Malgun Gothic',"
        "'Noto Sans KR','Noto Sans CJK KR',sans-serif"
    )

    outage_report = "장애 보고서"
    story = "장애 경과"
    methods_compared = "산정 방식 비교"
    services = "서비스별 현황"
    totals = "전체 집계"
    periods = "기간별 집계"
    outages = "장애 내역"
    planned_work = "예정된 점검"
    blast_radius = "영향 범위"
    objectives = "SLO 달성 현황"
    claims = "발표 내용 대조"
    milestones = "대응 단계"
    means = "평균 소요 시간"
    failures = "장애 통계"
    error_budgets = "오류 예산"
    worst_windows = "가용성이 가장 낮은 구간"
    chart = "상태 추이"
    states_heading = "상태 추이"
    events = "주요 경과"
    sources = "출처"
    services_moved = "서비스별 현황(시기를 옮긴 경우)"
    totals_moved = "전체 집계(시기를 옮긴 경우)"

    service = "서비스"
    seconds = "시간(초)"
    between = "추정 범위"
    at_end = "종료 시 상태"
    states_strip = "상태 추이"
    identifier = "식별자"
    operator = "사업자"
    group_name = "그룹"
    category = "분류"
    start = "발생 일시"
    end = "복구 일시"
    period_start = "기간 시작"
    period_end = "기간 종료"
    length = "지속 시간"
    worst = "최악 상태"
    what_happened = "내용"
    period = "기간"
    hours = "시간 수"
    work = "작업 내용"
    windows = "예정 횟수"
    announced = "공지 시간"
    used = "실제 시간"
    overrun = "초과 시간"
    total = "집계 대상"
    service_count = "서비스 수"
    any_down = "하나 이상 중단"
    all_down = "모두 중단"
    service_time = "누적 중단 시간"
    mean_availability = "평균 가용성"
    user_weighted = "이용자 수 가중"
    failure_of = "원인 서비스"
    took_down = "영향받은 서비스"
    by_way_of = "경유"
    taken_for = "중단 시간"
    users = "이용자 수"
    claim = "발표 내용"
    by = "발표 주체"
    computed = "산출값"
    difference = "차이"
    verdict = "판정"
    incident = "장애"
    impact_start = "영향 시작"
    stated_start = "기록된 발생"
    stated_end = "기록된 복구"
    mean_time = "구간"
    how_many = "건수"
    mean = "평균"
    median = "중앙값"
    p90 = "90백분위수"
    maximum = "최대"
    left_out = "제외"
    failure_count = "장애 건수"
    user_minutes_lost = "누적 영향 시간(분)"
    budget_unspent = "잔여"
    worst_window = "구간 길이"
    since = "시작"
    until = "종료"
    day = "날짜"
    time = "시각"
    since_the_start = "발생 후 경과"
    phase = "단계"
    changes = "상태 변화"
    source = "출처"
    line = "행"
    state = "상태"
    method = "산정 방식"
    weighted_downtime = "가중 다운타임"
    beside_standard = "standard와의 차이"
    bucket = "구분"
    weight = "가중치"
    rule = "적용 규칙"
    opened_by = "시작 근거"
    closed_by = "종료 근거"
    reading = "시각 해석"
    who = "근거"
    says = "나타내는 상태"
    holds_since = "언제부터"
    holds_until = "언제까지"

    not_applicable = "해당 없음"
    ongoing = "진행 중"
    all_periods = "전체 기간"
    all_together = "전체"
    not_announced = "사전 공지 없음"
    not_known = "불명"
    not_known_when = "일시 불명"
    nothing_stated = "기록 없음"
    nothing_yet = "아직 기록 없음"
    stated = "기록"
    not_now = "예정 없음"
    is_open = "운영 시간 내"
    is_in_service = "제공 중"
    no_outage = "장애 없음"
    no_data = "데이터 없음"
    whole_minutes_only = "1분 미만 절사"
    parts_of_minutes = "1분 미만 제외"
    up_all_the_time = "내내 정상"
    some_time_that_day = "시각 불명"

    skip_the_chart = "그래프 건너뛰기"
    how_to_read_the_chart = (
        "막대가 높을수록 상태가 나쁩니다. 막대에 커서를 올리면 근거가 되는 파일의 행이 표시됩니다. "
        "아래 표에서도 같은 내용을 볼 수 있습니다."
    )
    chart_as_a_table = "그래프를 표로 보기"
    stretches_not_up = "정상이 아니었던 구간"
    stretches_moved = "정상이 아니었던 구간(시기를 옮긴 경우)"
    some_time_in_here = "변화 시각이 불확실"
    summed_up = "여러 구간을 합친 막대(높을수록 합계 시간이 깁니다)"
    blank = "(공백)"
    when_is_not_sure = "변화 시각이 불확실"
    states_of_services = "서비스 상태 추이"
    more_bar = "그 밖"

    as_of_closes = "기준 시각에서 집계 마감"
    in_service_line = "제공 기간"
    nothing_said_yet = "아직 기록 없음(S4)"
    no_line_is_about_it = "해당 기록이 없어 정상으로 간주(S4)"
    not_inherited = "파급되지 않음"
    not_inherited_at_worst_up = "파급되지 않음(파급하지 않는 설정)"
    outside_the_window = "집계 기간 외"
    considered_not_down = "산정 대상에는 포함되지만 다운타임은 아닙니다"
    not_considered = "산정 대상에 포함되지 않습니다"

    states: Mapping[State, str] = MappingProxyType(
        {
            State.UP: "정상",
            State.DEGRADED: "성능 저하",
            State.PARTIAL: "일부 장애",
            State.DOWN: "중단",
            State.MAINTENANCE: "점검",
            State.UNKNOWN: "상태 불명",
            State.OUT_OF_HOURS: "운영 시간 외",
            State.NOT_IN_SERVICE: "미제공",
        }
    )
    figures: Mapping[str, str] = MappingProxyType(
        {
            "downtime": "다운타임",
            "own": "자체분",
            "inherited": "파급분",
            "weighted_downtime": "가중 적용",
            "considered": "산정 대상",
            "availability": "가용성",
            "outages": "장애 건수",
            "longest_outage": "최장",
            "up_time": "정상 시간",
            "degraded_time": "성능 저하 시간",
            "partial_time": "일부 장애 시간",
            "down_time": "완전 중단 시간",
            "maintenance_time": "점검 시간",
            "unknown_time": "상태 불명 시간",
            "out_of_hours_time": "운영 시간 외",
            "not_in_service_time": "미제공 시간",
            "user_time_lost": "누적 영향 시간",
            "slo": "SLO",
            "budget": "예산",
            "budget_left": "남은 예산",
            "budget_used": "사용률",
            "burn_rate": "소진율",
            "mtbf": "MTBF",
            "downtime_per_failure": "건당 중단 시간",
            "whole_outages": "기간 내 완결",
            "mean_outage": "평균",
            "median_outage": "중앙값",
            "p90_outage": "90백분위수",
        }
    )
    phases: Mapping[str, str] = MappingProxyType(
        {
            "started": "발생",
            "detected": "감지",
            "acknowledged": "대응 착수",
            "identified": "원인 파악",
            "mitigated": "임시 복구",
            "resolved": "완전 복구",
        }
    )
    findings: Mapping[str, str] = MappingProxyType(
        {"agrees": "일치", "differs": "불일치", "undecidable": "판정 불가"}
    )
    times_to: Mapping[str, str] = MappingProxyType(
        {
            "time_to_detect": "감지까지",
            "time_to_acknowledge": "대응 착수까지",
            "time_to_mitigate": "임시 복구까지",
            "time_to_repair": "감지 후 복구",
            "time_to_recover": "복구까지",
        }
    )
    times_taken: Mapping[str, str] = MappingProxyType(
        {
            "time_to_detect": "발생부터 감지까지",
            "time_to_acknowledge": "감지부터 대응 착수까지",
            "time_to_mitigate": "발생부터 임시 복구까지",
            "time_to_repair": "감지부터 복구까지",
            "time_to_recover": "발생부터 복구까지",
        }
    )
    groupings: Mapping[str, str] = MappingProxyType(
        {"operator": "사업자", "group": "그룹", "category": "분류", "tag": "태그"}
    )
    window_lengths: Mapping[str, str] = MappingProxyType(
        {"1h": "1시간", "1d": "1일", "7d": "7일", "30d": "30일"}
    )
    readings: Mapping[str, str] = MappingProxyType(
        {
            "best": "가장 유력",
            "kindest": "낙관적",
            "harshest": "비관적",
            "exact": "확정",
        }
    )
    calendars: Mapping[str, str] = MappingProxyType(
        {"hours": "운영 시간", "in_service": "제공 기간", "maintenance": "예정된 점검"}
    )

    def days(self, duration: Duration) -> str:
        """Return how far something is moved: `2일`."""
        days, rest = divmod(duration, DAY)
        return self.duration(duration) if rest else f"{days}일"

    def any_stretch_of(self, duration: Duration) -> str:
        """Return a rolling period: `임의의 30일`."""
        days, rest = divmod(duration, DAY)
        return f"임의의 {self.duration(duration) if rest or not days else f'{days}일'}"

    def date(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant: `2022년 10월 15일`."""
        return f"{wall(at, timezone).year}년 {self.day_of_year(at, timezone)}"

    def day_heading(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant with its weekday: `2022년 10월 15일(토)`."""
        weekday = _WEEKDAYS[wall(at, timezone).weekday()]
        return f"{self.date(at, timezone)}({weekday})"

    def day_of_year(self, at: Instant, timezone: str) -> str:
        """Return the day of an instant whose year goes without saying: `10월 16일`."""
        clock = wall(at, timezone)
        return f"{clock.month}월 {clock.day}일"

    def somewhere_between(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return between what an edge lies, behind the line that it is from."""
        return f" ({self.from_to(first, last, timezone)} 사이)"

    def by_time(self, time: str) -> str:
        """Return a time that is the latest possible."""
        return f"{time} 이전"

    def after_time(self, time: str) -> str:
        """Return a time that is the earliest possible."""
        return f"{time} 이후"

    def give_or_take(self, time: str, about: Duration) -> str:
        """Return a time and how far it may be off: `15:33경(±15분)`."""
        return f"{time}경(±{self.duration(about)})"

    def elapsed(self, since: Duration, *, is_exact: bool) -> str:
        """Return how long after the start something was: `발생`, `약 4시간 후`, `5분 전`."""
        about = "" if is_exact else "약 "
        if not since:
            return "발생" if is_exact else "발생 무렵"
        return f"{about}{self.duration(abs(since))} {'후' if since > 0 else '전'}"

    def part_of_the_calendar(self, kind: str, numbers: Sequence[int]) -> str:
        """Return a year, a month or a day; of the kinds `Q` and `W` a quarter or a week."""
        if kind:
            return f"{numbers[0]}년 {numbers[1]}{'분기' if kind == 'Q' else '주차'}"
        return " ".join(f"{number}{unit}" for number, unit in zip(numbers, "년월일", strict=False))

    def last_days(self, days: int) -> str:
        """Return the days that end at as-of."""
        return f"최근 {days}일"

    def window(self, label: str, period: str, timezone: str, length: str) -> str:
        """Return the window of a report."""
        return f"{f'{label}: ' if label else ''}{period} ({timezone}, {length})"

    def as_of(self, clock: str, *, is_now: bool) -> str:
        """Return when what is open was closed."""
        return f"현재({clock}) 기준" if is_now else f"{clock} 기준"

    def counted_by(self, method: str) -> str:
        """Return the name of the method."""
        return f"산정 방식: {method}"

    def outages_of(self, least: Duration) -> str:
        """Return the rule that leaves short outages out."""
        return f"{self.duration(least)} 이상 장애만"

    def what_if(self, far: str, start: Instant, timezone: str, *, later: bool, seen: bool) -> str:
        """Return how far an outage was moved and to when; whether the window has that in it."""
        day, time = self.day_heading(start, timezone), self.time_of_day(start, timezone)
        remark = "" if seen else "(집계 기간 밖입니다. --window로 다른 기간을 지정하세요)"
        return f"만약 {far} {'늦게' if later else '일찍'}, {day} {time}에 발생했다면{remark}"

    def more_rows(self, count: int, form: str) -> str:
        """Return how many rows a table leaves out, and which format has them all."""
        return f"… 외 {count:,}행(전체는 -f {form})"

    def more_services(self, count: int) -> str:
        """Return how many services a chart has no room for."""
        return f"… 외 서비스 {count:,}개"

    def more_in_less(self, count: int) -> str:
        """Return how many stretches a page leaves out."""
        return f"… 외 {count:,}건(기간을 줄이면 표시됩니다)"

    def more_elsewhere(self, count: int) -> str:
        """Return how many events lie outside the window, or are about other services."""
        return f"… 외 {count:,}건(기간 밖이거나 다른 서비스에 관한 내용)"

    def more_here(self, count: int) -> str:
        """Return how many events share a mark."""
        return f"… 외 {count:,}건"

    def more_characters(self, count: int) -> str:
        """Return how much of a text is left out."""
        return f"…(나머지 {count:,}자)"

    def further_away(self, count: int) -> str:
        """Return how many services a failure took down by a long way."""
        return f"외 서비스 {count:,}개(더 먼 파급)"

    def services_added_up(self, services: int, possible: int) -> str:
        """Return how many services a failure took down, and how many it may have."""
        return f"서비스 {services:,}{f'~{possible:,}' if services < possible else ''}개 합계"

    def rows_of(self, first: int, last: int, count: int) -> str:
        """Return which rows of a long table a part of it has."""
        return f"전체 {count:,}건 중 {first:,}~{last:,}번째"

    def via(self, service: str) -> str:
        """Return by way of whom something was inherited."""
        return f" ({service}에서 파급)"

    def services_are(self, services: Sequence[str], told: str) -> str:
        """Return what some services are."""
        return f"{', '.join(services)}: {told}"

    def said_to_be(self, state: str) -> str:
        """Return what a line says, where something else shows."""
        return f"기록상 {state}"

    def still(self, state: str) -> str:
        """Return what goes on."""
        return f"{state} 지속"

    def group(self, kind: str, label: str) -> str:
        """Return what services of a group have in common."""
        return f"{kind}: {label}" if label else f"{kind} 없음"

    def with_ongoing(self, length: str) -> str:
        """Return the length of an outage that had not ended at as-of: `10시간, 진행 중`."""
        return f"{length}, {self.ongoing}"

    def left_out_of_mean(self, ongoing: int, negative: int, not_stated: int) -> str:
        """Return how many values a mean leaves out, and why."""
        counts = ((ongoing, "진행 중"), (negative, "음수"), (not_stated, "기록 없음"))
        return ", ".join(f"{word} {count}건" for count, word in counts if count)

    def going_on_at(self, clock: str) -> str:
        """Return the computed end of what has none."""
        return f"{clock} 현재 진행 중"

    def and_now(self, least: str) -> str:
        """Return between what lies the end of what still goes on."""
        return f"{least} ~ 현재"

    def apart(self, far: str, figure: str, *, more: bool) -> str:
        """Return how far a computed figure is from the published one: `30분 늦음`."""
        words = {"downtime": ("많음", "적음"), "availability": ("높음", "낮음")}
        return f"{far} {words.get(figure, ('늦음', '빠름'))[not more]}"

    def points(self, digits: str) -> str:
        """Return a difference of percentages."""
        return f"{digits}%p"

    def chart_frame(self, period: str, timezone: str, *, covers: bool) -> str:
        """Return from when to when a chart is, and whether it shows all of the window."""
        return f"{period} ({timezone}{'' if covers else ', 집계 기간 중 변화가 있었던 부분'})"

    def states_of(self, title: str) -> str:
        """Return the title of a chart."""
        return f"서비스 상태 추이: {title}"

    def lane(self, service: str, told: Sequence[tuple[State, Duration]]) -> str:
        """Return how long a service was in which state."""
        return f"{service}: {self.times(told, ', ') or self.up_all_the_time}"

    def stretch(self, state: State, period: str, length: str, via: str) -> str:
        """Return what a service was, from when to when, how long, and by way of whom."""
        way = f", {via}에서 파급" if via else ""
        return f"{self.states[state]}: {period}, {length}{way}"

    def stretch_period(self, start: str, end: str) -> str:
        """Return from when to when a stretch is."""
        return f"{start} ~ {end}"

    def place_says(self, place: str, what: str) -> str:
        """Return the line behind a stretch, after a sentence."""
        return f". {place}: {what}" if what else f". {place}"

    def summary(
        self, period: str, count: int, state: State, told: Sequence[tuple[State, Duration]]
    ) -> str:
        """Return what a cell sums up."""
        times = f"({self.times(told, ', ')})" if told else ""
        return f"{period}: {self.states[state]} {count}회{times}"

    def description(self, frame: str, lanes: Sequence[str], more: int) -> str:
        """Return what a picture shows, for those who hear it."""
        told = [*lanes, *([f"외 서비스 {more:,}개"] if more else [])]
        return f"{frame}. {'. '.join(told)}."

    def event_signs(self, signs: Sequence[tuple[str, str]]) -> str:
        """Return what the letters above a chart mean."""
        return f"주요 경과: {', '.join(f'{sign} {word}' for sign, word in signs)}"

    def column_is(self, duration: Duration) -> str:
        """Return what one sign of a chart stands for."""
        return f"한 칸은 {self.duration(duration)}(그동안 가장 나빴던 상태를 표시)"

    def sign_is(self, duration: Duration) -> str:
        """Return what one sign of a strip stands for."""
        return self.column_is(duration)

    def either(self, first: str, then: str) -> str:
        """Return two states, of which nobody knows which holds."""
        return f"{first} 또는 {then}"

    def times_state(self, count: int, state: str) -> str:
        """Return how many stretches of a state a bar sums up."""
        return f"{state} {count}회"

    def written_by(self, version: str) -> str:
        """Return what made a page."""
        return f"작성: outage {version}"

    def shorter_left_out(self, count: int, least: Duration) -> str:
        """Return how many outages were too short to count."""
        return f"{self.duration(least)} 미만 장애 {count}건 제외"

    def treated(self, state: State, aside: Treatment) -> str:
        """Return what becomes of time beside the ladder."""
        treated = {"as-up": "정상으로 간주", "count": "산입", "exclude": "제외"}
        return f"{_object(self.states[state])} {treated[aside.value]}"

    def weighs(self, state: State, weight: str) -> str:
        """Return what a state weighs."""
        if weight == "0":
            return f"{_object(self.states[state])} 산입하지 않음"
        if weight == "1":
            return f"{_object(self.states[state])} 산입"
        return f"{self.states[state]} 가중치 {weight}"

    def makes_a_difference(self, told: str, lost: str, considered: Duration) -> str:
        """Return a difference, what it adds to downtime and to what is considered."""
        changes = [lost] if lost else []
        if considered:
            more = "증가" if considered > 0 else "감소"
            changes.append(f"산정 대상 {self.duration(abs(considered))} {more}")
        return f"{told}: {', '.join(changes)}" if changes else told

    def on_reading(self, name: str) -> str:
        """Return on which reading of the times an explanation is."""
        return f"시각 해석: {name}"

    def hours_line(self, hours: Sequence[str]) -> str:
        """Return the hours of a service."""
        return f"운영 시간: {', '.join(hours)}"

    def rule_word(self, rule: str) -> str:
        """Return what took time out of the downtime."""
        if rule.startswith("shorter-than-"):
            return f"{self.length_of_rule(rule)} 미만 장애"
        return _RULES.get(rule, rule)

    def inherited_by(self, way: str, *, own: bool) -> str:
        """Return through whom an interval was inherited, before the line behind it."""
        return f"{way}에서 파급{'(자체분에 산입)' if own else ''}: "

    def it_counts(self, clock: str, bucket: str, counts: str) -> str:
        """Return the sentence that says what an instant is, and how it counts."""
        return f"{clock}: {bucket}. {counts}."

    def counts_as(self, weight: str, *, own: bool) -> str:
        """Return how an instant of downtime counts."""
        whose = self.figures["own" if own else "inherited"]
        return f"{whose} 다운타임으로 계산합니다(가중치 {weight})"

    def first_that_fits(self, tried: Sequence[str], fits: str) -> str:
        """Return which buckets were tried in vain, and which one fits (M1)."""
        told = [*(f"{each} ×" for each in tried), f"{fits} ○"]
        return f"처음으로 해당하는 구분을 택합니다(M1): {', '.join(told)}."

    def clauses_defined(self, clauses: Sequence[str]) -> str:
        """Return where the clauses are defined that a screen cites."""
        return f"{', '.join(clauses)}: docs/accounting.md 참조"

    def were_it_not(self, bucket: str, other: str) -> str:
        """Return what an instant would be otherwise."""
        return f"'{bucket}'에 해당하지 않으면 '{other}'에 해당합니다."

    def by_reading(self, told: Sequence[tuple[str, str]]) -> str:
        """Return what an instant is on each reading of the times."""
        return f"시각 해석별: {', '.join(f'{name} = {word}' for name, word in told)}."

    def lies_in(self, start: str, end: str, seconds: str) -> str:
        """Return the interval that an instant lies in."""
        return f"이 시점은 {start}부터 {end}까지의 구간({seconds}초)에 있습니다."

    def asked_one_sided(self, *, no_later: bool) -> str:
        """Return how vague the time is that was asked for."""
        way = "이전" if no_later else "이후"
        return f"지정한 시각은 이 시점 {way}입니다. 가장 유력한 시각으로 판정했습니다."

    def asked_between(
        self, first: Instant, last: Instant, timezone: str, told: Sequence[str]
    ) -> str:
        """Return between what the time lies that was asked for, and what was then."""
        span = self.from_to(first, last, timezone)
        return (
            f"지정한 시각의 범위: {span} ({' → '.join(told)}). 가장 유력한 시각으로 판정했습니다."
        )

    def overruns(self, state: str, counts_as: str) -> str:
        """Return what a line says, and as what it counts once its window is over."""
        return f"{state}(예정 초과: {counts_as})"

    def requires(self, services: Sequence[str], needed: int) -> str:
        """Return what a service requires."""
        if len(services) == 1:
            return f"의존: {services[0]}"
        return f"의존: 서비스 {len(services)}개 중 {needed}개 이상"

    def imposed_not_inherited(self, state: str) -> str:
        """Return what a requirement is, where the service does not inherit it."""
        return f"{state}(파급되지 않음)"

    def way_of(self, way: str) -> str:
        """Return the way by which something is inherited."""
        return f"경유: {way}"

    def at_worst(self, state: str) -> str:
        """Return what is inherited at most."""
        return f"파급 상한: {state}"

    def speaks_for_itself(self, line: str) -> str:
        """Return why nothing is inherited any more."""
        return f"서비스 자체의 기록이 우선하여 파급되지 않음: {line}"


CATALOGUE = Korean()
