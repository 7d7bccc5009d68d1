using System.Collections.Immutable;

namespace Gamification.Api;

/// <summary>What the edge of a deployment is told at start. Limits are for one process.</summary>
public sealed record EdgeOptions
{
    /// <summary>The programmes whose keys and tokens open this deployment.</summary>
    public required ImmutableArray<string> Programmes { get; init; }

    /// <summary>
    /// 32 bytes for one purpose, derived from the deployment's secret by whoever holds it; the same name always gives the same bytes. They live as
    /// long as the ledger: receipts' content digests are salted with some, so that other ones would turn every replay of an old receipt into a
    /// conflict. To end all tokens, raise <see cref="TokenGeneration"/> instead.
    /// </summary>
    public required Func<string, byte[]> SecretFor { get; init; }

    public int TokenGeneration { get; init; } = 1;

    /// <summary>Requests being served at once; beyond it the answer is 503. A quarter is kept for tills.</summary>
    public int InFlightMax { get; init; } = 4_096;

    /// <summary>Calls of one member, screen or staff token being served at once; beyond it the answer is 429. Tills have no such limit.</summary>
    public int CallsPerCaller { get; init; } = 16;

    /// <summary>Questions about boards of one member or screen token a second; beyond it the answer is 429.</summary>
    public int BoardCallsPerSecond { get; init; } = 50;

    /// <summary>What one address may do a minute without a key: a question costs 1, showing a new pairing code 60.</summary>
    public int AnonymousPerMinute { get; init; } = 1_200;

    /// <summary>Batches being read at once: each may hold 16 MB of answers.</summary>
    public int BatchesMax { get; init; } = 32;

    /// <summary>
    /// How fast a batch must come, in bytes a second of waiting for it, after <see cref="BatchPatience"/>: a slow client may not hold one of the
    /// few places for hours. 16 MB take nine minutes at most.
    /// </summary>
    public int BatchBytesPerSecondMin { get; init; } = 32 * 1024;

    /// <summary>How long is waited for a batch in any case, all its silences together.</summary>
    public TimeSpan BatchPatience { get; init; } = TimeSpan.FromSeconds(15);

    public int CardsCached { get; init; } = 1_000_000;

    /// <summary>How long a card's holder is believed without asking the vault: an erased card earns no longer than this.</summary>
    public TimeSpan CardsCachedFor { get; init; } = TimeSpan.FromSeconds(60);

    public int NamesCached { get; init; } = 200_000;
}
