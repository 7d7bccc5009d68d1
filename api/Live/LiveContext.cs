namespace Gamification.Live;

/// <summary>What every stream of this process works with.</summary>
internal sealed record LiveContext(
    IGrainFactory Grains, IWatches Watches, IBoardNames Names, Jitter Jitter, LiveOptions Options, LiveMetrics Metrics, TimeProvider Clock, ILogger<LiveContext> Log);
