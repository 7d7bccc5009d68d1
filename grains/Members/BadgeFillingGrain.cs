using System.Globalization;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules.Recognition;

namespace Gamification.Members;

/// <summary>Asks one member after the other to fill a badge in, in the order in which the journal has them. It holds nothing, so any number may run at once.</summary>
[StatelessWorker, Reentrant]
internal sealed class BadgeFillingGrain(IJournalStorage entries, ProgrammeCatalog programmes, BusinessClock clock) : Grain, IBadgeFillingGrain
{
    private const int ReadPage = 500;
    private const int AtOnce = 16;
    private static readonly Refusal UnknownPlace = new("invalid-cursor", "/after", "Send what the page before answered as next, or nothing to begin.");

    private string Programme => this.GetPrimaryKeyString();

    public async Task<FillingOutcome> Page(FillingOrder order)
    {
        var book = programmes.SchemeOf(Programme).Recognition;
        var today = book?.DayOf(clock.Now(Programme) ?? order.ReceivedAt) ?? default;
        if (BadgeFilling.Refuse(book, order.Badge, today) is { } refusal) return new FillingOutcome.Refused(refusal);
        if (PlaceIn(order.After) is not { } after) return new FillingOutcome.Refused(UnknownPlace);
        var (partition, seq) = after;
        var head = (await entries.Heads(CancellationToken.None)).FirstOrDefault(head => head.Partition >= partition && (head.Partition > partition || head.LastSeq > seq));
        if (head == default) return new FillingOutcome.Page(0, 0, 0, 0, null);
        var page = await entries.ReadPartition(head.Partition, head.Partition > partition ? 0 : seq, ReadPage, CancellationToken.None);
        var members = page.Where(entry => entry is { Version: 1, Actor.Kind: "member" } && entry.Actor.Programme == Programme).Select(entry => entry.Actor).ToArray();
        var filled = new List<BadgeFilled>();
        foreach (var some in members.Chunk(AtOnce)) filled.AddRange(await Task.WhenAll(some.Select(member => Fill(member, order))));
        var next = page.IsEmpty ? head.LastSeq : page[^1].Seq;
        return new FillingOutcome.Page(members.Length, filled.Count(one => one.Changed), filled.Sum(one => one.Awards), filled.Sum(one => one.Points), string.Create(CultureInfo.InvariantCulture, $"{head.Partition}:{next}"));
    }

    private Task<BadgeFilled> Fill(ActorId member, FillingOrder order) =>
        GrainFactory.GetGrain<IRecognisedMember>($"{member.Programme}/{member.Key}").FillBadge(order.Badge, order.By, order.ReceivedAt, order.IsPreview);

    /// <summary>Null for what is no place.</summary>
    private static (int Partition, long Seq)? PlaceIn(string? after) => after switch
    {
        null => (0, 0),
        _ when after.Split(':') is [var partition, var seq] && int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out var one) && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var other) => (one, other),
        _ => null,
    };
}
