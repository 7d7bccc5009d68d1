using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rules;
using Gamification.Rules.Measures;

namespace Gamification.Members;

/// <summary>An account's stored entries with a version above one, oldest first, so many at most.</summary>
internal delegate ValueTask<ImmutableArray<StoredEntry>> ReadAccount(ActorId actor, long afterVersion, int limit, CancellationToken cancellation);

/// <summary>
/// What entries say of the programme's measures, whether they are about to be written or read back: both come to the same rows, because nothing is
/// looked at but the account's own entries. Only what takes something back, or brings it again, takes reading the past.
/// </summary>
internal static class MeasureReading
{
    private const int ReadPage = 500;

    /// <inheritdoc cref="Of(MeasureRules?, NetSpendSettings, ActorId, long, ImmutableArray{AccountEntry}, ReadAccount)"/>
    /// <param name="scheme">Of the programme now.</param>
    /// <param name="actor">Whose entries they are.</param>
    /// <param name="version">The account's before them.</param>
    /// <param name="entries">In order.</param>
    /// <param name="read">Finds the account's past.</param>
    public static ValueTask<ImmutableArray<MeasureChange>> Of(Scheme scheme, NetSpendSettings settings, ActorId actor, long version, ImmutableArray<AccountEntry> entries, ReadAccount read) =>
        Of(scheme.Measures, settings, actor, version, entries, read);

    /// <param name="measures">Null for a programme without any.</param>
    /// <param name="settings">Of the programme.</param>
    /// <param name="actor">Whose entries they are.</param>
    /// <param name="version">The account's before them.</param>
    /// <param name="entries">In order.</param>
    /// <param name="read">Finds the account's past.</param>
    public static async ValueTask<ImmutableArray<MeasureChange>> Of(
        MeasureRules? measures, NetSpendSettings settings, ActorId actor, long version, ImmutableArray<AccountEntry> entries, ReadAccount read)
    {
        if (measures is null || actor.Kind != "member") return [];
        if (!entries.Any(measures.NeedPast)) return entries.Length == 1 ? measures.Of(entries[0], past: null) : Last(entries.SelectMany(entry => measures.Of(entry, past: null)));

        var past = await PastOf(actor, version, settings, read);
        var rows = new List<MeasureChange>();
        foreach (var entry in entries)
        {
            past.Fold(entry, settings);
            rows.AddRange(measures.Of(entry, measures.NeedPast(entry) ? past : null));
        }

        return Last(rows);
    }

    private static async ValueTask<SaleHistory> PastOf(ActorId actor, long through, NetSpendSettings settings, ReadAccount read)
    {
        var past = new SaleHistory();
        for (var after = 0L; after < through;)
        {
            var page = await read(actor, after, ReadPage, CancellationToken.None);
            if (page.IsEmpty) break;
            foreach (var stored in page)
            {
                if (stored.Version <= through && AccountEntryJson.Read(stored) is { } entry) past.Fold(entry, settings);
                after = stored.Version;
            }
        }

        return past;
    }

    private static ImmutableArray<MeasureChange> Last(IEnumerable<MeasureChange> rows) =>
        [.. rows.GroupBy(row => (row.Measure, row.Store, row.Day, row.Thing)).Select(row => row.Last())];
}
