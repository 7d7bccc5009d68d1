using System.Globalization;

namespace Gamification.Live;

/// <summary>What other people may see of a member: a public id, and a pseudonym.</summary>
internal readonly record struct BoardName(string Id, string Name)
{
    /// <summary>For whoever left before the board has heard of it: an id that is unique in the board and leads nowhere.</summary>
    public static BoardName Gone(long place) => new(string.Create(CultureInfo.InvariantCulture, $"~{place}"), "—");
}

/// <summary>Turns surrogates, which never leave the engine, into what a wire may carry. A port: the edge's cache of memberships answers it.</summary>
internal interface IBoardNames
{
    /// <summary>Names by member, in one look-up for those not cached. A member that is erased, hidden or unknown is absent, and is shown as gone.</summary>
    ValueTask<IReadOnlyDictionary<MemberId, BoardName>> Find(
        string programme, IReadOnlyCollection<MemberId> members, CancellationToken cancellationToken);
}
