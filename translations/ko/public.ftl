### Pages that everybody sees.

## Front page

front-lead = 불편한 점을 시에 알려 주세요. 누가 맡아서 무엇을 하고 언제까지 끝내는지 볼 수 있어요.
front-pulse = 최근 { $days }일 동안 들어온 신고와 마무리된 신고
front-received = 들어온 신고
front-received-means = 최근 { $days }일 동안 들어온 신고예요.
front-closed = 종료한 신고
front-closed-means = 최근 { $days }일 동안 종료한 신고예요(결과와 관계없이).
front-on-time = 기한을 지킨 비율
front-on-time-means = 최근 { $days }일 안에 돌아온 기한 가운데 지킨 비율이에요. 아직 끝나지 않은 일은 늦은 것으로 세요.
front-waiting = 지금 기다리는 신고
front-waiting-means = 지금 끝나지 않은 신고예요.
front-deadlines = 기한 { $n }건 중
front-late = 기한 지남 { $n }건
front-results = 방금 해결된 일
front-all-results = 해결된 일 모두 보기
front-newest = 방금 들어온 신고
front-all = 신고 모두 보기
front-none = 아직 신고가 없어요
front-none-text = 첫 번째 신고를 남겨 주세요.
number-too-few = 건수가 적어 계산하지 않음

## Lists

reports-title = 신고 목록
reports-feed = 피드
reports-none = 찾은 신고가 없어요
reports-none-text = 다른 낱말로 찾거나 조건을 줄여 보세요.
search-named = 다음의 모든 신고:
search-by-name = 이 말이 모두 들어 있는 신고가 없어요. { $name }의 신고를 보여 드려요.
search-also = 함께 찾은 말: { $words }
filter-q = 낱말, 신고 번호, 장소
filter-field = 분야
filter-service = 종류
filter-area = 지역
filter-agency = 담당 기관
filter-state = 상태
filter-outcome = 결과
filter-from = 시작일
filter-to = 종료일
filter-sort = 정렬
filter-late = 기한 지난 것만
filter-open = 끝나지 않은 것 모두
filter-any-field = 모든 분야
filter-any-service = 모든 종류
filter-any-area = 시 전체
filter-any-agency = 모든 기관
filter-any-state = 모든 상태
filter-any-outcome = 모든 결과
sort-newest = 최근 신고부터
sort-oldest = 오래된 신고부터
sort-updated = 최근에 바뀐 것부터
sort-due = 기한이 가까운 것부터
sort-closed = 최근에 종료된 것부터
count-open = 미완료 { $n }건

## A report

report-sent = 신고한 때
report-words = 신고 내용
report-result = 결과
report-story = 지금까지의 과정
report-where = 위치
report-approximate = 대략적인 지역
report-only-area = 지역만 확인됨
report-procedure = 처리 절차
report-rating = 신고자 평가
report-merged = 같은 일이 먼저 신고됐어요: { $code } 보기
report-follow = 이 신고 소식 받기
report-private = 신고한 분이 시에서만 읽도록 했어요. 신고가 있다는 것과 진행 상태만 볼 수 있어요.
report-confidential = 공무원에 관한 신고는 감사관만 읽어요. 신고가 있다는 것과 진행 상태만 볼 수 있어요.
report-hidden = 이 신고는 숨겨졌어요. 이유: { $reason }

step-submit = 신고했어요
step-accept = 접수했어요
step-ask = 신고자에게 물었어요
step-reply = 신고자가 답했어요
step-question_expired = 제때 답이 없었어요
step-refuse = 접수하지 않았어요
step-contest = 신고자가 다시 살펴봐 달라고 했어요
step-merge = 앞선 신고와 합쳤어요
step-undo = 알리기 전에 결정을 되돌렸어요
step-correct = 종류나 위치를 바로잡았어요
step-assign = 담당 기관에 넘겼어요
step-give_back = 담당 기관이 돌려보냈어요
step-start = 처리를 시작했어요
step-pause = 잠시 멈췄어요
step-resume = 다시 진행해요
step-answer = 담당 기관이 답변했어요
step-send_back = 답변이 충분하지 않아 돌려보냈어요
step-publish = 결과를 공개했어요
step-rate = 신고자가 결과를 평가했어요
step-reopen = 신고자가 만족하지 않아 다시 열었어요
step-appeal = 상급 기관에 이의를 제기했어요
step-promise_due = 약속한 날이 되어 다시 열었어요
step-withdraw = 신고자가 취소했어요
step-add_media = 사진을 추가했어요
step-mark_urgent = 긴급으로 표시했어요
step-clear_urgent = 긴급 표시를 지웠어요
step-note = 직원 메모
step-progress = 진행 상황을 알렸어요
step-deliver = 결과물을 냈어요
step-extend = 기한 연장을 요청했어요
step-grant_extension = 기한을 늘렸어요
step-deny_extension = 기한을 그대로 뒀어요
step-warn = 기한이 다가와요
step-escalate = 기한이 끝났어요
step-hide = 숨겼어요
step-unhide = 다시 공개했어요
step-redact = 개인 정보를 가렸어요
step-with = 담당: { $agency }
step-into = 합친 신고: { $code }

## The control slip of a report

slip-link = 처리 기록표
slip-title = { $code } 처리 기록표
slip-report = 신고로 가기
slip-procedure = { $name }, { $n }판
slip-hash = 지문값 { $hash }
slip-promise = 전체 과정
slip-first-response = 첫 연락
slip-received = 받은 때
slip-due = 기한
slip-given = 마친 때
slip-result = 기한 안에?
slip-running = 진행 중
slip-suspended = 멈춤
slip-late = 늦음
slip-done = 기한 지킴
slip-done-late = 늦음
slip-passed = 건너뜀
slip-returned = 돌려보냄
slip-handed-over = 다른 곳에 넘김
slip-ended = 신고와 함께 끝남
slip-none = 아직 시간 기록이 없어요
slip-none-text = 예전 시스템에서 옮겨 온 신고예요. 그 시스템은 단계별 시간을 기록하지 않았어요.

step-used-of-promise = 약속한 시간의 { $percent }%가 지났어요
step-used-of-step = “{ $step }” 단계에 주어진 시간의 { $percent }%가 지났어요
step-product-of = 단계: { $step }
step-without-product = 결과물이 없는 이유:
step-to-person = 담당자: { $name }
step-promised = 약속한 날: { $date }
step-staff-only = { $step } (직원만 볼 수 있음)

## Agencies

agencies-title = 담당 기관
agencies-late = 기한 지남
agency-below = 소속 기관

## Map

map-title = 지도
map-label = 신고 지도
map-place = 신고 위치
map-without = 지도를 보려면 JavaScript가 필요해요. 같은 신고를 목록에서도, 아래 지역별로도 볼 수 있어요.
map-areas = 지역별
map-bbox = 범위는 도 단위의 숫자 네 개예요: 왼쪽,아래,오른쪽,위.

## How it works

about-title = 이용 안내
about-lead = 거리에서 본 불편을 알려 주세요. 시에서 모두가 보는 가운데 고치고, 제대로 고쳐졌는지는 신고한 분이 말해요.
about-how = 신고마다 담당 기관이 하나, 기한이 하나 있어요. 그때까지 한 모든 일과 함께 신고 화면에서 볼 수 있어요.
about-life = 신고가 거치는 단계
about-agencies = 기관 { $n }곳과 기한을 지킨 비율
about-services = 신고할 수 있는 종류 { $n }가지
about-areas = 지도에서 보는 지역 { $n }곳
about-public-title = 무엇이 공개되나요
about-public = 적어 주신 내용, 사진, 위치와 모든 답변이 공개돼요. 시에서만 읽도록 하신 신고는 예외예요. 공무원에 관한 신고는 감사관만 읽고, 다른 사람에게는 번호, 분야, 진행 단계만 보여요. 이유 없이 사라지는 것은 없어요.
about-place = 사람들을 보호하려고 어떤 위치는 조금 덜 정확하게 보여 드려요. 찍은 곳과 시각처럼 사진에 숨은 정보는 모두 지워요.
about-you-title = 누구인지 밝히지 않아도 돼요
about-you = 계정도 이름도 필요 없어요. 연락처를 남기시면 봉인해 보관해요. 담당 기관은 볼 수 없고, 열어 볼 때마다 접수증에 표시돼요.
privacy-why = 이름, 전화번호, 이메일은 신고 소식을 알리고 여쭤보는 데만 써요. 적지 않아도 돼요.
privacy-how-long = 연락처는 신고가 종료되고 { $n }일 뒤에 지워요. 공개된 처리 과정은 남아요.
privacy-traces = 광고도 추적 도구도 없어요. 쿠키는 로그인, 언어, 내 신고를 여는 데만 써요.
privacy-rights = 신고를 취소하고 메일을 멈출 수 있고, 개인정보를 보여 주거나 고치거나 지워 달라고 { $agency }에 요청할 수 있어요. 연락처는 화면 아래에 있어요.
privacy-law = 개인정보는 다음 법에 따라 보호돼요: { $law }
about-operator-title = 책임 기관
about-operator = 이 서비스는 { $agency }에서 운영하고, 신고를 확인하고 결과를 공개해요. 답변은 각 기관이 책임져요. 연락처는 화면 아래에 있어요.
about-numbers-title = 숫자 읽는 법
about-numbers = “기한을 지킨 비율”은 그 기간에 돌아온 기한 가운데 지킨 것의 비율이고, 아직 끝나지 않은 일은 늦은 것으로 세요. 10건보다 적으면 비율을 보여 드리지 않아요. 모든 숫자에서 그 뒤의 목록을 볼 수 있어요.
about-access-title = 누구나 쓸 수 있게
about-access = 모든 화면을 키보드로, 휴대전화로, JavaScript 없이도 쓸 수 있어요. 지도에 있는 것은 목록에도 있어요.
about-access-state = WCAG 2.2 AA를 따르고 모든 화면을 프로그램으로 확인해요. 화면 낭독기 사용자가 모두 써 본 적은 아직 없어요. 불편한 점이 있으면 화면 아래 연락처로 알려 주세요. 전화로도 신고할 수 있어요.
about-machines-title = 프로그램을 위해
about-machines = 모든 목록을 피드로도 받을 수 있고, 공개된 것은 모두 프로그램으로 가져갈 수 있어요:

life-title = 신고는 어떻게 처리되나요
life-lead = 처음 알린 때부터 결과까지 다섯 단계입니다. 누가 무엇을 하고, 문제가 생기면 무엇을 할 수 있는지 알려 드려요.
way-send = 신고를 보내요
way-text-send = 무엇이 문제인지 짧게 쓰고, 위치를 알려 주고, 사진이 있으면 올려 주세요. 계정은 없어도 돼요. 곧바로 번호와 나만의 링크를 받아요.
way-check = 센터가 확인해요
way-text-check = 담당자가 읽고 맡을 기관에 보내요. 빠진 것이 있으면 물어보고, 받지 않으면 이유를 말해요.
way-work = 기관이 처리해요
way-text-work = 신고 화면에는 누가 맡았는지, 무엇을 해야 하는지, 언제까지인지 늘 나와 있어요. 끝나면 사진이나 문서와 함께 답해요.
way-prove = 센터가 답을 살펴봐요
way-text-prove = 다른 사람이 제대로 된 답인지 봐요. 아니면 다시 처리하고, 맞으면 공개하고 알려 드려요.
way-judge = 직접 평가해요
way-text-judge = 만족, 보통, 불만족 가운데 고르세요. 해결되지 않았다면 이유를 쓰면 다시 열려요.
way-else = 문제가 생기면
way-late = 늦어질 때
way-text-late = 얼마나 늦었는지 화면에 나와요. 기관은 진행 상황과 새 날짜를 밝혀야 하고, 책임자에게 알려져요.
way-refused = 받아들여지지 않았을 때
way-text-refused = 이유는 공개돼요. 한 번 이의를 낼 수 있고, 다른 사람이 결정해요.
way-again = 다시 열었는데도 해결되지 않았을 때
way-text-again = 두 번째에는 상급 기관으로 올라가요.
way-safe = 내가 누구인지 누가 알까요
way-text-safe = 처리 기관은 이름, 전화번호, 이메일을 볼 수 없어요. 열어 본 사람은 기록이 남고, 그 기록을 볼 수 있어요.
life-states = 모든 상태를 정확하게
life-states-text = 신고는 늘 다음 상태 가운데 하나에 있어요.
life-ways = 다음에 누가 무엇을 할 수 있는지
life-back = 질문이 나온 단계로 돌아가기
life-received = 신고가 도착했어요. 센터에서 확인하고 담당 기관을 정해요.
life-waiting_reporter = 신고자만 아는 내용이 필요해요. 그동안 처리 시간은 멈춰 있어요.
life-assigned = 기관이 맡았고 아직 시작하지 않았어요.
life-in_progress = 담당 기관이 처리하고 있어요.
life-in_review = 담당 기관이 답변했어요. 센터의 다른 사람이 답변이 충분한지 확인해요.
life-closed = 결과가 공개됐어요. 신고자가 평가하고, 다시 처리해 달라고 할 수 있어요.
life-outcomes = 결과
life-outcomes-text = 신고가 지금 어디에 있는지와 어떻게 됐는지는 서로 달라요. 종료된 신고의 결과는 다음 가운데 하나예요:
outcome-means-fixed = 해결했어요. 사진이나 문서로 확인할 수 있어요.
outcome-means-planned = 날짜를 약속했어요. 그날이 되면 저절로 다시 열려요.
outcome-means-forwarded = 시 밖의 기관이 맡는 일이에요.
outcome-means-not_found = 현장에서 아무것도 찾지 못했어요.
outcome-means-no_authority = 시에 처리할 권한이 없어요.
outcome-means-no_budget = 아직 예산이 없어요.
outcome-means-refused = 공개된 이유로 접수하지 않았어요. 한 번 다시 살펴봐 달라고 할 수 있어요.
outcome-means-duplicate = 같은 일이 먼저 신고됐어요.
outcome-means-withdrawn = 신고자가 취소했어요.
life-procedures = 처리 절차와 기한

procedure-promise = 약속한 기한
procedure-first = 첫 연락까지
procedure-owner = 담당
procedure-basis = 근거
procedure-step = 단계
procedure-who = 누가
procedure-does = 하는 일
procedure-product = 결과물
procedure-within = 기한
procedure-pauses = 멈출 수 있는 이유
procedure-services = 이 절차로 처리하는 신고
span-working-minutes = 근무 시간 { $n }분
span-working-hours = 근무 시간 { $n }시간
front-numbers = 숫자로 보기
about-atom = Atom
about-open311 = Open311
