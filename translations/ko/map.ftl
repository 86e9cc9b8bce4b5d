### 지도: 보이는 범위에 있는 것을 옆에 글로 알려요.

map-here = 지도의 이 범위
map-count = { $n ->
    [0] 이 범위에는 신고가 없어요
   *[other] 이 범위의 신고 { $n }건
}
map-shown = 처음 { $n }건을 보여 드려요
map-as-list = 모두 목록으로 보기
map-tools = 지도에 보일 것
map-heat = 밀집도
map-heat-on = 신고가 많이 모인 곳을 보여 드려요. 숫자는 건수예요.
map-heat-off = 신고를 하나하나 보여 드려요.
map-draw = 범위 그리기
map-draw-how = 범위의 모서리를 차례로 누르고 완료를 누르세요. 키보드: 화살표로 지도를 움직이고, Enter로 십자 아래에 모서리를 놓고, Backspace로 하나 되돌리고, Esc로 끝내요.
map-corners = 놓은 모서리:
map-done = 완료
map-undo = 하나 되돌리기
map-cancel = 취소
map-around = 지도 가운데 둘레
map-around-label = 거리
map-metres = { $metres ->
    [1000] 1 km
    [2000] 2 km
    [5000] 5 km
   *[other] { $metres } m
}
filter-drawn = 그린 범위 안만
filter-near = 고른 곳에서 { $metres } m 안만
filter-within = 이 범위를 읽을 수 없어요. 지도에서 다시 그려 주세요. 선이 서로 엇갈리면 안 돼요.
filter-around = 이 위치를 읽을 수 없어요. 지도에서 다시 골라 주세요.
area-of-kind = { $name }({ $kind })
area-now = { $then }(지금은 { $now })

map-late = 기한 초과
map-locate = 내 위치
map-locate-failed = 기기의 위치를 알 수 없습니다. 이름으로 장소를 찾거나 지도를 움직이세요.
map-located = 이 표시에서 약 { $metres } m 안에 있습니다.
map-you = 현재 위치
map-legend = 범례
map-legend-many = 가까이 있는 여러 신고와 그 건수
map-legend-late = 빨간 고리: 그중 기한이 지난 건수
map-legend-guessed = 구역의 대략적인 경계 (공식 경계가 아직 없습니다)
map-legend-border = 구역의 경계
map-only-open = 처리 중인 신고만 보입니다.
map-everything = 종료된 신고도 보기
places-title = 장소 찾기
places-label = 구역, 명소 또는 주소
places-search = 찾기
places-none = 그런 이름의 장소가 없습니다. 구역, 거리 또는 명소 이름으로 찾아보세요.
places-address = 신고의 주소
places-water = 수역
places-green = 녹지
places-river = 강
places-road = 도로
places-rail = 철도
places-wall = 성벽
places-border = 경계
places-landmark = 명소
place-exact = 핀의 오차는 약 { $metres } m입니다.
place-coarse = 지도를 확대하면 더 정확히 놓을 수 있습니다.
