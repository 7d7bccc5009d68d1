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
        if (MembersWalk.PlaceIn(order.After) is not { } after) return new FillingOutcome.Refused(UnknownPlace);
        if (await entries.NextMembers(Programme, after, ReadPage) is not var (members, next)) return new FillingOutcome.Page(0, 0, 0, 0, null);
        var filled = new List<BadgeFilled>();
        foreach (var some in members.Chunk(AtOnce)) filled.AddRange(await Task.WhenAll(some.Select(member => Fill(member, order))));
        return new FillingOutcome.Page(members.Length, filled.Count(one => one.Changed), filled.Sum(one => one.Awards), filled.Sum(one => one.Points), next.ToString());
    }

    private Task<BadgeFilled> Fill(ActorId member, FillingOrder order) =>
        GrainFactory.GetGrain<IRecognisedMember>($"{member.Programme}/{member.Key}").FillBadge(order.Badge, order.By, order.ReceivedAt, order.IsPreview);
}
