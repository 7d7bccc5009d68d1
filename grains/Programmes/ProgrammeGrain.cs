using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Projections;
using Gamification.Rewards;
using Gamification.Rules;

namespace Gamification.Programmes;

/// <summary>A programme's settings and sums; it holds nothing of its own.</summary>
[StatelessWorker, Reentrant]
internal sealed class ProgrammeGrain(ProgrammeCatalog programmes, BusinessClock clock, RollupProjector projector, IRollupStorage rollup, CampaignLeases? campaigns = null, ICircles? circles = null)
    : Grain, IProgrammeGrain
{
    private string Id => this.GetPrimaryKeyString();

    public Task<ProgrammeSettings?> Settings() => Task.FromResult(programmes.Find(Id));

    public async Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt)
    {
        var programme = programmes.At(Id, receipt.OccurredAt);
        var context = new AccountContext
        {
            Settings = programme.Settings,
            Kind = AccountKind.Member,
            ReceivedAt = receivedAt,
            At = clock.At(Id, receivedAt, receipt.OccurredAt),
            Scheme = programme.Scheme is { IsStated: true } scheme ? scheme : null,
        };
        if (campaigns is not null && AccountLedger.MayDraw(receipt, context))
            context = context with { Grants = await campaigns.Left(Id, id => programme.Scheme.FindCampaign(id)!, grants => Awards.Wants(AccountState.Empty, receipt, context with { Grants = grants })) };
        return Account.Preview(AccountState.Empty, receipt, context);
    }

    public async Task<ProgrammeTotals> Totals(string? store)
    {
        await projector.CatchUp();
        var totals = await rollup.Totals(Id, store, CancellationToken.None);
        return new(totals.Receipts, totals.AnonymousReceipts, totals.Members, totals.Points, totals.Spend);
    }

    public Task<DateTimeOffset?> BusinessTime() => Task.FromResult(clock.Now(Id));

    public async Task<bool> HasGroup(BoardGroup group) => circles is not null && await circles.Find(Id, group, CancellationToken.None) is not null;
}
