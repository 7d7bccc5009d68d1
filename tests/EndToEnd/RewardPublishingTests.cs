using System.Collections.Immutable;
using Gamification.Programmes.Documents;
using Gamification.Rewards;
using Gamification.Rules.Programmes;
using Gamification.Silo.Engine;
using Gamification.Tests.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.EndToEnd;

/// <summary>The rewards of a programme's documents can be asked for, in the whole engine on SQLite, without anybody publishing them by hand.</summary>
public sealed class RewardPublishingTests : IDisposable
{
    private const string Stated = """
        { "rewards": [ { "id": "trees", "fr": "Un arbre", "nl": "Een boom", "en": "A tree", "gives": { "kind": "donation", "cause": "Natagora", "amount": 100 }, "points": 250 } ] }
        """;

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task What_the_first_version_states_is_on_the_shelf_after_the_start()
    {
        var settings = Receipts.Programme();
        var (text, errors) = PartReading.Read(ProgrammePart.Rewards, Stated, settings);
        Assert.True(text is not null, string.Join('\n', errors));
        var options = new EngineOptions
        {
            DataFolder = _folder.Path,
            Programmes = [settings],
            OtherParts = ImmutableDictionary<string, ImmutableArray<PartText>>.Empty.Add(settings.Id, [new(ProgrammePart.Rewards, text.Value)]),
        };
        await using var storage = await EngineStorage.Open(options);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEngine(options, storage);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var catalogue = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IRewardCatalogueGrain>(settings.Id);
        await Eventually.Holds(async () => (await catalogue.Published(-1))?.Rewards is [{ Reward: { Id: "trees", Points: 250 } }]);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();
}
