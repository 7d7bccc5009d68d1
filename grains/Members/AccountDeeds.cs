using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>Members' accounts as challenges, leagues and impact counters read them: see <see cref="EntryDeeds"/>.</summary>
public sealed class AccountDeeds(ProgrammeCatalog programmes) : IDeedReader
{
    public MemberDeeds? Read(StoredEntry entry)
    {
        if (entry.Actor.Kind != "member" || !MayTell(entry.Type) || AccountEntryJson.Read(entry) is not { } read) return null;
        var changes = EntryDeeds.Of(read, programmes.SchemeOf(entry.Actor.Programme), programmes.Of(entry.Actor.Programme).NetSpend);
        return changes.IsEmpty ? null : new(MemberId.Parse(entry.Actor.Key), entry.Version, changes);
    }

    private static bool MayTell(string type) => type is ReceiptPosted.Type or ReturnSettled.Type or SaleAttributed.Type
        or ActivityPosted.Type or ActivityRevised.ReversedType or ActivityRevised.RestoredType or ChallengeTaken.Type
        or MemberJoined.Type or MemberParted.Type;
}
