using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>Whom notices are about, within one programme: <c>board:programme|points|week|2011-W19</c>, <c>member:…</c>.</summary>
public readonly record struct NoticeTopic(string Programme, string Name)
{
    public static NoticeTopic Of(BoardId board) => new(board.Programme, $"board:{board.ToString()[(board.Programme.Length + 1)..]}");

    public static NoticeTopic Of(string programme, MemberId member) => new(programme, $"member:{member}");
}

/// <summary>
/// What an actor tells whoever watches it from outside the cluster: its newest state, whole, under a version. So any notice may be lost, come
/// twice, late or out of order: the newest version wins.
/// </summary>
public abstract record Notice(NoticeTopic Topic)
{
    public sealed record OfBoard(BoardView View) : Notice(NoticeTopic.Of(View.Board));

    /// <param name="Numbers">Null when the account's actor was let go, and nothing more is told until somebody asks again.</param>
    public sealed record OfAccount(string Programme, MemberId Member, AccountNumbers? Numbers) : Notice(NoticeTopic.Of(Programme, Member));
}

/// <summary>
/// Notices between the cluster and hosts outside it, by best effort. Inside the cluster observers carry them. Safe on any thread.
/// </summary>
public interface INotices
{
    /// <summary>Never waits and never fails. At most ten a second of a topic leave; of what comes faster, the newest wins.</summary>
    void Publish(Notice notice);

    /// <summary>
    /// From now on <paramref name="take"/> is given the topic's notices, and no other's, until it is unfollowed; following again replaces it. Does
    /// not fail when notices do not come: they will once they do. <paramref name="take"/> must return at once and not throw.
    /// </summary>
    Task Follow(NoticeTopic topic, Action<Notice> take);

    Task Unfollow(NoticeTopic topic);

    /// <summary>The clock's timestamp since which notices do not come; null while they do. It takes some seconds to notice.</summary>
    long? AwaySince { get; }
}
