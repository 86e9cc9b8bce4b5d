### 地図：見えている範囲にあるものを、横に言葉で示す。

map-here = 地図のこの範囲
map-count = { $n ->
    [0] この範囲に通報はありません
   *[other] この範囲の通報{ $n }件
}
map-shown = 最初の{ $n }件を表示中
map-as-list = すべてを一覧で見る
map-tools = 地図に表示するもの
map-heat = 集中度
map-heat-on = 通報が集まっている場所を表示しています。数字は件数です。
map-heat-off = 個々の通報を表示しています。
map-draw = 範囲を描く
map-draw-how = 範囲の角を順にタップし、「完了」を押してください。キーボード：矢印で地図を動かし、Enterで十字の下に角を置き、Backspaceで1つ戻し、Escで終わります。
map-corners = 置いた角：
map-done = 完了
map-undo = 1つ戻す
map-cancel = やめる
map-around = 地図の中心のまわり
map-around-label = 距離
map-metres = { $metres ->
    [1000] 1 km
    [2000] 2 km
    [5000] 5 km
   *[other] { $metres } m
}
filter-drawn = 描いた範囲の中だけ
filter-near = 選んだ場所から{ $metres } m以内だけ
filter-within = この範囲を読み取れません。地図で描き直してください。線が交わらないようにしてください。
filter-around = この場所を読み取れません。地図で選び直してください。
area-now = { $then }（現在は{ $now }）
