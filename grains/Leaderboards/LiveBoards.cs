using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Leaderboards;

/// <summary>The boards that a feed tells, by where what a member does counts. Its owner does one thing at a time.</summary>
internal sealed class LiveBoards(BoardWindows? windows)
{
    private readonly Dictionary<BoardId, LiveBoard> _boards = [];
    private readonly Dictionary<(string Programme, string Store), List<LiveBoard>> _byPlace = [];

    public int Count => _boards.Count;

    public Dictionary<BoardId, LiveBoard>.ValueCollection All => _boards.Values;

    public RollupWindow WindowOf(BoardId id) => windows?.Of(id) ?? RollupWindow.Of(id);

    public LiveBoard? Find(BoardId id) => _boards.GetValueOrDefault(id);

    public LiveBoard Add(LiveBoard board)
    {
        _boards.Add(board.Id, board);
        foreach (var place in Places(board)) place.Add(board);
        return board;
    }

    public void Remove(BoardId id)
    {
        if (!_boards.Remove(id, out var board)) return;
        foreach (var place in Places(board)) place.Remove(board);
    }

    /// <summary>Gathers what was committed for each board that it concerns, and moves all of them on; with a gap where something before it was <paramref name="missed"/>.</summary>
    public void Tell(CommitNotices commit, bool missed)
    {
        foreach (var board in _boards.Values) board.MoveTo(commit.Partition, commit.ToSeq, missed);
        foreach (var (programme, wish) in commit.Wishes)
        {
            foreach (var board in _boards.Values.Where(board => board.Id.Programme == programme)) board.Add(commit.Partition, wish);
        }

        foreach (var notice in commit.Notices)
        {
            if (notice.Member is not { } member) continue;
            if (!notice.Measures.IsEmpty) Measure(member, notice, commit.Partition);
            foreach (var row in notice.Changed)
            {
                if (row.Day == TallyRow.AllDays) continue;
                Score(_byPlace.GetValueOrDefault((notice.Actor.Programme, "")), member, row, notice, commit.Partition);
                Score(_byPlace.GetValueOrDefault((notice.Actor.Programme, row.Store)), member, row, notice, commit.Partition);
            }
        }
    }

    private static void Score(List<LiveBoard>? boards, MemberId member, TallyRow row, AccountNotice notice, int partition)
    {
        if (boards is null) return;
        foreach (var board in boards)
        {
            if (board.Window.Measure is not null || !board.Window.Covers(row.Store, row.Day)) continue;
            if (row.Day < board.FromDay || (board.FromDay > 0 && notice.Tallies.CompleteFrom > board.FromDay))
                board.MarkOldDays(partition);
            else if (notice.Tallies.TryScore(board.Tail, out var score, out var reachedAt))
                board.Add(partition, new ScoreChange(member, score, reachedAt, notice.Version), notice.OccurredAt);
            else
                board.MarkMissed(partition);
        }
    }

    private void Measure(MemberId member, AccountNotice notice, int partition)
    {
        foreach (var board in _boards.Values.Where(board => board.Window.Measure is not null && board.Id.Programme == notice.Actor.Programme))
        {
            foreach (var change in notice.Measures)
            {
                if (change.Measure == board.Window.Measure && board.Window.Covers(change.Store, change.Day))
                    board.Add(partition, new MeasuredChange(member, change.Store, change.Day, change.Thing, change.Value, change.ReachedAt, notice.Version), notice.OccurredAt);
            }
        }
    }

    /// <summary>Where changes look for the board: under its programme, or under each of its stores.</summary>
    private IEnumerable<List<LiveBoard>> Places(LiveBoard board)
    {
        foreach (var store in board.Window.Stores ?? [""])
        {
            var place = (board.Id.Programme, store);
            if (!_byPlace.TryGetValue(place, out var boards)) _byPlace[place] = boards = [];
            yield return boards;
        }
    }
}
