### What people say about a report, who has the problem too, and what moderators do.

## Me too

together-title = 함께 겪는 사람들
together-none = 같은 일을 겪고 있나요? 알려 주시면 시에서 무엇부터 할지 정할 때 함께 살펴요.
together-me-too = 나도 겪고 있어요
together-undo = 취소하기
together-own = 직접 보낸 신고라서 이미 포함되어 있어요.
together-closed = 종료된 신고라서 숫자는 더 바뀌지 않아요. 같은 일이 또 생겼다면 새로 신고해 주세요:
support-own = 직접 보낸 신고라서 이미 포함되어 있어요.
support-closed = 종료된 신고라서 더는 함께하거나 취소할 수 없어요. 같은 일이 또 생겼다면 새로 신고해 주세요.
many-of-one-place = 오늘 이 네트워크에서 이미 많은 분이 참여했어요. 로그인하면 참여할 수 있어요.
new-similar-me-too = 같은 일이에요: 나도 겪고 있어요

## The discussion

talk-title = 댓글
talk-none = 아직 댓글이 없어요.
talk-earlier = 이전 댓글
talk-newest = 최신 댓글
talk-reply = 답글 달기
talk-flag = 이 댓글 신고하기
talk-say = 댓글 쓰기
talk-say-officially = 공식 답변 쓰기
talk-as-office = { $office } 이름으로 답변해요. 기관 이름은 모두에게 보이고 본인 이름은 보이지 않아요. 신고자와 소식을 받는 분들에게 메일이 가요.
talk-reply-to = { $name } 님에게 답글 달기
talk-reply-see = 그 댓글 보기
talk-reply-not = 답글로 달지 않기
talk-text = 내용
talk-text-hint = 누구나 읽을 수 있어요. 전화번호나 다른 사람의 이름은 쓰지 말아 주세요.
talk-name = 보여 줄 이름
talk-name-hint = 별명도 괜찮아요. 비워 두면 “주민”으로 보여요.
talk-waits = 관리자가 먼저 읽은 뒤에 보여요.
talk-send = 올리기
comment-nameless = 주민
comment-hidden = 관리자가 숨긴 댓글이에요: { $reason }
comment-hide-personal = 개인 정보
comment-hide-insult = 모욕
comment-hide-advertising = 광고
comment-hide-off_topic = 주제와 무관
comment-hide-other = 다른 이유
comment-name-office = 기관에서 쓰는 이름이에요. 다른 이름을 골라 주세요.
comment-reply-gone = 답글을 달려던 댓글이 사라졌어요. 쓰신 내용은 아래에 그대로 있어요.
talk-done-comment = 댓글을 올렸어요.
talk-done-waiting = 고마워요. 관리자가 먼저 읽은 뒤에 여기에 보여요.
talk-done-official = 답변을 올렸어요. 신고자와 소식을 받는 분들에게 메일이 가요.
talk-done-flagged = 고마워요. 관리자가 댓글을 살펴볼게요.
talk-done-support = 같은 일을 겪는 사람 수에 더했어요. 소식 받기를 누르면 진행을 알려 드려요.
talk-done-undo = 취소했어요. 이제 숫자에 포함되지 않아요.

## Report a comment

flag-title = 댓글 신고하기
flag-text = 관리자가 살펴봐요. 누가 신고했는지 글쓴이는 알 수 없어요.
flag-reason = 어떤 점이 문제인가요?
flag-reason-hint = 예: 다른 사람의 이름이 나와요, 누군가를 모욕해요, 광고예요.
flag-send = 댓글 신고하기
flag-back = 댓글로 돌아가기

## The moderators' list

moderation-title = 댓글
moderation-list-waiting = 확인 대기
moderation-list-flagged = 신고된 댓글
moderation-list-newest = 최신 댓글
moderation-empty-waiting = 기다리는 댓글이 없어요
moderation-empty-flagged = 신고된 댓글이 없어요
moderation-empty-newest = 아직 댓글이 없어요
moderation-empty-text = 신고에 달린 댓글이 여기에 보여요.
moderation-closed-off = (아무도 볼 수 없는 댓글이에요: 신고가 공개되지 않아요)
moderation-flags = { $n }명이 신고했어요
moderation-no-words = 설명 없음
moderation-let-through = 보이기
moderation-show-again = 다시 보이기
moderation-keep = 그대로 두기
moderation-hide = 숨기기
moderation-why = 이유
moderation-words = 덧붙일 말
moderation-words-hint = 이유와 함께 모두에게 보여요. “다른 이유”를 고르면 꼭 써 주세요.
moderation-done-show = 이제 누구나 읽을 수 있어요.
moderation-done-hide = 숨겼어요. 이유는 모두에게 보여요.
moderation-done-keep = 그대로 뒀어요.
moderation-done-already = 다른 사람이 먼저 처리했어요. 지금은 아래와 같아요.
