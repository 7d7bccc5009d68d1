using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.Members;

/// <summary>
/// A walk past all members of a programme, in the order in which the journal has them, a page of entries at a time. It holds nothing: whoever keeps the place goes on from
/// there, or begins anew.
/// </summary>
internal static class MembersWalk
{
    /// <summary>Nothing is where a walk begins. Null for what is no place.</summary>
    public static Position? PlaceIn(string? after) => after is null ? default(Position) : Position.Find(after);

    /// <summary>The members who came with the next so many entries of the journal, perhaps none, and where to go on; null at the end.</summary>
    public static async Task<(ActorId[] Members, Position Next)?> NextMembers(this IJournalStorage journal, string programme, Position after, int entries)
    {
        var heads = await journal.Heads(CancellationToken.None);
        var head = heads.FirstOrDefault(head => head.Partition > after.Partition || (head.Partition == after.Partition && head.LastSeq > after.Seq));
        if (head == default) return null;
        var page = await journal.ReadPartition(head.Partition, head.Partition > after.Partition ? 0 : after.Seq, entries, CancellationToken.None);
        var members = page.Where(entry => entry is { Version: 1, Actor.Kind: "member" } && entry.Actor.Programme == programme).Select(entry => entry.Actor).ToArray();
        return (members, new(head.Partition, page.IsEmpty ? head.LastSeq : page[^1].Seq));
    }
}
