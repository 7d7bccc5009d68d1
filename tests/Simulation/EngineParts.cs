using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Simulation;

/// <summary>What the engines of tests have in common, over the storages and the scheduler that each has registered.</summary>
internal static class EngineParts
{
    public static IServiceCollection AddJournal(this IServiceCollection services, JournalWriterOptions options) => services
        .AddSingleton(options)
        .AddSingleton(new JournalSnapshotOptions())
        .AddSingleton<JournalWriter>()
        .AddSingleton<IJournal>(provider => provider.GetRequiredService<JournalWriter>());

    /// <summary>Boards and the roll-up: commits are told to both.</summary>
    public static IServiceCollection AddBoards(this IServiceCollection services) => services
        .AddSingleton<RollupProjector>()
        .AddSingleton<BoardWindows>()
        .AddSingleton<BoardSources>()
        .AddSingleton<BoardRules>()
        .AddSingleton<BoardHistory>()
        .AddSingleton<BoardFreezing>()
        .AddSingleton<BoardFeed>()
        .AddSingleton<IBoardFeed>(provider => provider.GetRequiredService<BoardFeed>())
        .AddSingleton<ICommitObserver>(provider => new CommitFanOut(provider.GetRequiredService<BoardFeed>(), provider.GetRequiredService<RollupProjector>()));

    /// <summary>Begins the loops of every partition; they end after <paramref name="stop"/>.</summary>
    public static Task[] RunJournal(this IServiceProvider provider, IActorScheduler scheduler, CancellationToken stop)
    {
        var writer = provider.GetRequiredService<JournalWriter>();
        return [.. writer.Partitions.Select(partition => scheduler.Run($"journal {partition}", ending => writer.Run(partition, ending), stopping: stop))];
    }

    /// <summary>The same for boards and the roll-up.</summary>
    public static Task[] RunBoards(this IServiceProvider provider, IActorScheduler scheduler, CancellationToken stop) =>
    [
        scheduler.Run("projector", provider.GetRequiredService<RollupProjector>().Run, stopping: stop),
        scheduler.Run("board feed", provider.GetRequiredService<BoardFeed>().Run, stopping: stop),
    ];
}
