using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>Members' accounts as challenges, leagues and impact counters read them: see <see cref="EntryDeeds"/>.</summary>
public sealed class AccountDeeds(ProgrammeCatalog programmes) : IDeedReader
{
    public MemberDeeds? Read(StoredEntry entry) =>
        entry.Actor.Kind == "member" && MayTell(entry.Type) && AccountEntryJson.Read(entry) is { } read ? Of(read, MemberId.Parse(entry.Actor.Key), entry.Version, entry.Actor.Programme, programmes) : null;

    /// <summary>The same of entries that are about to be written, the first under the version after this one: none of their bytes need be read.</summary>
    internal static ImmutableArray<MemberDeeds> Of(ImmutableArray<AccountEntry> entries, MemberId member, long version, string programme, ProgrammeCatalog programmes)
    {
        var deeds = ImmutableArray.CreateBuilder<MemberDeeds>(entries.Length);
        for (var at = 0; at < entries.Length; at++)
        {
            if (Of(entries[at], member, version + at + 1, programme, programmes) is { } told) deeds.Add(told);
        }

        return deeds.DrainToImmutable();
    }

    private static MemberDeeds? Of(AccountEntry entry, MemberId member, long version, string programme, ProgrammeCatalog programmes)
    {
        if (!MayTell(entry)) return null;
        var changes = EntryDeeds.Of(entry, programmes.SchemeOf(programme), programmes.Of(programme).NetSpend);
        return changes.IsEmpty ? null : new(member, version, changes);
    }

    private static bool MayTell(AccountEntry entry) =>
        entry is ReceiptPosted or ReturnSettled or SaleAttributed or ActivityPosted or ActivityRevised or ChallengeTaken or MemberJoined or MemberParted;

    /// <summary>The same kinds, by their names: the two lists stay alike, so that what is read tells as much as what is written.</summary>
    private static bool MayTell(string type) => type is ReceiptPosted.Type or ReturnSettled.Type or SaleAttributed.Type
        or ActivityPosted.Type or ActivityRevised.ReversedType or ActivityRevised.RestoredType or ChallengeTaken.Type
        or MemberJoined.Type or MemberParted.Type;
}
