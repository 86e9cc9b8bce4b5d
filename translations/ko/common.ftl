## The frame of a page

skip-to-content = 본문으로 바로 가기
nav-label = 주 메뉴
nav-language = 언어
machine-made = 이 페이지는 기계가 번역했고 아직 사람이 확인하지 않았습니다.
nav-home = 홈
nav-reports = 신고 목록
nav-map = 지도
nav-new = 신고하기
nav-desk = 업무 화면
nav-account = 계정
nav-sign-in = 로그인
nav-sign-out = 로그아웃
search-label = 신고 찾기
search-hint = 낱말, 신고 번호, 장소로 찾기
search-button = 찾기
call-now = 생명이 위험하면 바로 전화하세요:
call-now-title = 위험에 처한 사람이 있으면 지금 바로 전화하세요
call-now-text = 여기서 답을 기다리지 마세요. 신고는 그대로 접수되고 가장 먼저 확인해요.
footer-contacts = 다른 연락 방법
footer-about = 이용 안내
footer-privacy = 개인정보 보호
footer-access = 접근성
footer-procedures = 처리 절차와 기한
footer-software = 오픈 소스 소프트웨어 Nhịp으로 운영해요

## States and outcomes

status-received = 신고 도착
status-waiting_reporter = 신고자 답변 대기
status-assigned = 담당 지정
status-in_progress = 처리 중
status-in_review = 결과 확인 중
status-closed = 종료
status-fixed = 해결
status-planned = 처리 날짜 약속
status-forwarded = 다른 기관에 전달
status-not_found = 현장에서 못 찾음
status-no_authority = 권한 밖
status-no_budget = 아직 예산 없음
status-refused = 접수 안 됨
status-duplicate = 이미 신고됨
status-withdrawn = 신고자가 취소

## The clock

clock-label = 지난 시간: { $percent }%
clock-paused = 잠시 멈춤
clock-no-deadline = 기한 없음

## Counts

count-more = 신고 { $n }건 이상
count-reports = 신고 { $n }건
count-supports = { $n }명이 함께 겪고 있어요
count-comments = 댓글 { $n }개

## Shared parts

field-optional = 선택
error-summary-title = 아직 보내지 않았어요
photo-before = 처리 전
photo-after = 처리 후
before-after-slider = 끌어서 처리 전과 후 비교하기
photo-open = 큰 사진 보기
entry-attempt = { $n }차 처리
entry-technical = 기술적인 단계 { $n }개
comment-official = 공식 답변
comment-held = 관리자 확인 대기
filter-apply = 적용하기
filter-clear = 조건 지우기
filter-title = 검색 조건
pager-label = 페이지
pager-newer = 더 최근
pager-older = 더 이전
stat-of = { $n }건 중
pulse-received = 들어옴
pulse-settled = 마무리됨
pulse-table = 날짜별 건수
pulse-day = 날짜
dialog-cancel = 아니요, 돌아가기
toast-close = 닫기
map-list = 지도에 있는 신고 목록
map-zoom-in = 확대하기
map-zoom-out = 축소하기
map-scroll = Ctrl 키를 누른 채 스크롤하면 지도가 확대·축소돼요
map-scroll-mac = ⌘ 키를 누른 채 스크롤하면 지도가 확대·축소돼요
map-fingers = 두 손가락으로 지도를 움직여 주세요

## Choosing a place

place-locate = 내 위치 쓰기
place-choose = 지도에서 고르기
place-forget = 이 위치 지우기
place-map = 위치를 고르는 지도
place-pin = 고른 위치
place-loading = 지도를 불러오고 있어요
place-no-map = 여기서는 지도를 보여 드릴 수 없어요. 아래 목록에서 지역을 골라 주세요.
place-help = 누르면 핀이 놓이고, 끌면 움직여요.
place-help-keys = 키보드로: 화살표로 지도를 움직이고, +와 −로 확대·축소하고, Enter로 가운데 십자에 핀을 놓고, Esc로 지도를 닫아요.
place-asking = 위치를 찾고 있어요
place-failed = 위치를 알아내지 못했어요. 지도에서 고르거나 아래에서 지역을 골라 주세요.
place-kept = 위치를 정했어요.
place-in = 이 위치는 { $area }에 있어요.
place-perhaps = 이 위치는 아마 { $area }에 있어요.
place-outside = 이 위치는 시 밖이에요. 다른 곳을 골라 주세요.

## Time

time-date = { $year }년 { $month } { $day }일
time-moment = { $month } { $day }일({ $weekday }) { $time }
time-exact = { $year }년 { $month } { $day }일({ $weekday }) { $time }
time-just-now = 방금
time-ago = { $span } 전
time-today = 오늘 { $time }
time-left = { $span } 남음
time-late = { $span } 지남
time-due-today = 오늘까지
span-minutes = { $n }분
span-hours = { $n }시간
span-days = { $n }일
span-months = { $n }개월
span-years = { $n }년
span-working-days = 근무일 { $n }일
weekday-1 = 월
weekday-2 = 화
weekday-3 = 수
weekday-4 = 목
weekday-5 = 금
weekday-6 = 토
weekday-7 = 일
month-1 = 1월
month-2 = 2월
month-3 = 3월
month-4 = 4월
month-5 = 5월
month-6 = 6월
month-7 = 7월
month-8 = 8월
month-9 = 9월
month-10 = 10월
month-11 = 11월
month-12 = 12월
