using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Earning;
using Gamification.Rules.Impacts;
using Gamification.Rules.Programmes;

namespace Gamification.Impacts;

/// <summary>What a proof of impact counters found: how many programmes have any, of how many deeds, and a line for each fault.</summary>
public sealed record ImpactCheck(int Programmes, long Deeds, ImmutableArray<string> Findings)
{
    public bool IsSound => Findings.IsEmpty;

    /// <summary>
    /// Counts everything again from the journal, up to where the counters stand, and holds rows and sums to it. Run it with the engine stopped; what it counts meanwhile is
    /// dropped at the end, or by the next proof.
    /// </summary>
    public static async Task<ImpactCheck> Run(
        IJournalStorage journal, IImpactStorage storage, IEnumerable<ProgrammeSettings> stated, IReadOnlyDictionary<string, Catalogue> goods, CancellationToken cancellation)
    {
        var (checkedProgrammes, deeds, findings) = (0, 0L, ImmutableArray.CreateBuilder<string>());
        foreach (var settings in stated)
        {
            if (await RecordedProgramme.Find(journal, settings, goods, cancellation) is not { } programmes) continue;
            var record = ImpactForm.Json.StateOf(await journal.Load(ImpactForm.ActorOf(settings.Id), cancellation));
            if (programmes.EditionOf(settings.Id, ProgrammePart.Impact, record.Edition)?.Text is not { } text) continue;
            var (counted, finding) = await Check(new(settings.Id, record.Counting!), new(PartReading.ImpactOf(text)), storage, journal, new AccountDeeds(programmes), cancellation);
            (checkedProgrammes, deeds) = (checkedProgrammes + 1, deeds + counted);
            if (finding is not null) findings.Add(finding);
        }

        return new(checkedProgrammes, deeds, findings.DrainToImmutable());
    }

    private static async Task<(long Deeds, string? Finding)> Check(
        ImpactSet set, ImpactBook book, IImpactStorage storage, IJournalStorage journal, Challenges.IDeedReader deeds, CancellationToken cancellation)
    {
        var proof = set with { Counting = set.Counting + "/proof" };
        await storage.Drop(proof);
        var counting = new ImpactCounting(proof, book, storage, new(journal, deeds));
        await counting.Load(cancellation);
        await counting.CountUpTo([.. (await storage.Positions(set, cancellation)).Select(position => new PartitionHead(position.Key, 0, position.Value))], int.MaxValue);
        var (found, foundRows, rows) = (await SumsOf(set), await RowsOf(set), await RowsOf(proof));
        var sums = await SumsOf(proof);
        await storage.Drop(proof);
        return (rows.Count, !found.SequenceEqual(sums) ? $"impact of {set.Programme}: the sums are not what the journal comes to. Rebuild the projections."
            : foundRows != rows ? $"impact of {set.Programme}: the rows are not what the journal comes to. Rebuild the projections." : null);

        async Task<IEnumerable<ImpactSum>> SumsOf(ImpactSet one) => (await storage.Sums(one, cancellation)).Where(sum => sum.Thousandths != 0)
            .OrderBy(sum => sum.Factor, StringComparer.Ordinal).ThenBy(sum => sum.Store, StringComparer.Ordinal).ThenBy(sum => sum.Day);

        async Task<(long Count, UInt128 Digest)> RowsOf(ImpactSet one)
        {
            var (count, digest) = (0L, UInt128.Zero);
            await foreach (var row in storage.Rows(one, cancellation))
            {
                var text = $"{row.Member:N} {row.Deed:N} {row.Version} {row.Store} {row.Day} {string.Join(' ', row.Quantities)}";
                (count, digest) = (count + 1, digest ^ BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
            }

            return (count, digest);
        }
    }
}
