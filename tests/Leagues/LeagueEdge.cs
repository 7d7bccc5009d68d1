using Gamification.Challenges;
using Gamification.Leagues;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Leagues;
using Gamification.Rules.Programmes;
using Gamification.Tests.Api;
using Gamification.Tests.Challenges;
using Gamification.Tests.Rules.Challenges;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Leagues;

/// <summary>The edge before a sandbox with a league, in which a purchase a day counts.</summary>
public sealed class LeagueEdge : ProgrammeEdge
{
    internal override ProgrammeSettings Programme => base.Programme with { Clock = BusinessClockKind.Sandbox };

    /// <summary>What is due by now has been done.</summary>
    public Task Due() => Service<IGrainFactory>().GetGrain<ILeagueGrain>($"{Programme.Id}/friends").Due();

    public async Task At(string to) => await Read(await Admin.PostAsync("/v1/sandbox/advance", Json($$"""{ "to": "{{to}}" }""")), System.Net.HttpStatusCode.OK);

    protected override void Replace(IServiceCollection services)
    {
        var leagues = new LeagueList
        {
            Leagues =
            [
                new() { Id = "friends", Name = Contests.Named("Friends"), Divisions = [Contests.Named("Bronze"), Contests.Named("Silver")], GroupSize = 8, Promoted = 1, Relegated = 1, Efforts = [new(EarningEvent.Sale, 2, 3)] },
            ],
        };
        services.AddSingleton(new ProgrammeCatalog([Programme], null, new Dictionary<string, System.Collections.Immutable.ImmutableArray<PartText>> { [Programme.Id] = [new(ProgrammePart.Leagues, new(LeagueDocument.Write(leagues)))] }, Clock));
        services.AddSingleton<ProgrammeWatch>();
        services.AddSingleton<IChallengeStorage, MemoryChallengeStorage>();
        services.AddSingleton<MemberWishes>();
    }
}
