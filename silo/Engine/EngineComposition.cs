using System.Security.Cryptography;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Redis;
using Gamification.Rewards;
using Gamification.Sandboxes;
using Gamification.Silo.Programmes;
using Gamification.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Silo.Engine;

/// <summary>The engine, for every host that runs it: storages, journal, consumers, actors.</summary>
public static class EngineComposition
{
    /// <summary>How long a stop may take: calls under way, actors, the journal's last batches.</summary>
    public static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(30);

    /// <summary>The storages belong to the caller, who disposes them after the host has stopped.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, EngineOptions options, EngineStorage storage)
    {
        services.AddSingleton(options);
        services.AddSingleton(storage.Secret);
        services.AddSingleton(storage.Journal);
        services.AddSingleton(storage.Rollup);
        services.AddSingleton(storage.Vault);

        services.AddSingleton(options.Quarantine);
        services.AddSingleton<QuarantineShelf>();
        services.AddSingleton(new Surrogates(RandomNumberGenerator.Fill));
        services.AddSingleton(provider => new ProgrammeCatalog(options.Programmes, options.Catalogues, options.OtherParts, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProgrammeWatch>();
        services.AddSingleton<BusinessClock>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CampaignLeases>(provider, (Action<Span<byte>>)RandomNumberGenerator.Fill));
        services.AddSingleton<RewardBook>();
        services.AddSingleton<CampaignMetrics>();
        services.AddSingleton<VoucherPress>();
        services.AddSingleton<VoucherSecret>((programme, number) => storage.Secret.For($"voucher/{programme}/{number}"));
        services.AddSingleton<BusinessReminders>();
        services.AddSingleton<SharedClocks>();
        services.AddSingleton<RollupProjector>();
        services.AddSingleton(options.Boards);
        services.AddSingleton<BoardWindows>();
        services.AddSingleton<ICircles, MemberCircles>();
        services.AddSingleton<BoardSources>();
        services.AddSingleton<BoardRules>();
        services.AddSingleton<BoardHistory>();
        services.AddSingleton<BoardFreezing>();
        services.AddSingleton<BoardSettler>();
        services.AddSingleton(provider => new EngineLoop("settling of boards", provider.GetRequiredService<BoardSettler>().Run));
        services.AddSingleton<BoardFeed>();
        services.AddSingleton<IBoardFeed>(provider => provider.GetRequiredService<BoardFeed>());
        services.AddChallenges(storage);

        services.AddSingleton(new JournalWriterOptions { Partitions = [.. storage.Host.Partitions(options)] });
        services.AddSingleton(new JournalSnapshotOptions());
        services.AddSingleton<ICommitObserver>(provider =>
            new CommitFanOut(
            provider.GetRequiredService<BoardFeed>(), provider.GetRequiredService<RollupProjector>(), provider.GetRequiredService<ProgrammeWatch>(), provider.GetRequiredService<ChallengeFeed>()));
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<JournalWriter>());

        if (options.Redis is { } redis) services.AddRedis(new() { Connection = redis });

        // Hosted services stop in reverse: the actors first, then the loops that make their last writes durable.
        services.AddHostedService<EngineLoops>();
        services.AddActors(options, storage.Host);
        services.AddHostedService<RewardPublisher>();
        services.AddHostedService<ChallengeWaker>();
        services.AddHostedService<ImpactLoop>();
        services.AddHostedService<LeagueLoop>();
        services.AddSingleton<TierWaking>();
        services.AddHostedService<TierWakingLoop>();
        return services;
    }

    private static void AddChallenges(this IServiceCollection services, EngineStorage storage)
    {
        services.AddSingleton(storage.Challenges);
        services.AddSingleton(storage.Impacts);
        services.AddSingleton<IDeedReader, AccountDeeds>();
        services.AddSingleton<DeedPages>();
        services.AddSingleton(ChallengeTemplateFiles.Read(Path.Combine(AppContext.BaseDirectory, "Programmes", "templates")));
        services.AddSingleton<MemberWishes>();
        services.AddSingleton<ChallengeFeed>();
        services.AddSingleton<IChallengeFeed>(provider => provider.GetRequiredService<ChallengeFeed>());
        services.AddSingleton(provider => new EngineLoop("feed of challenges", provider.GetRequiredService<ChallengeFeed>().Run));
    }
}
