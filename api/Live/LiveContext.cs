namespace Gamification.Live;

/// <summary>What every stream of this process works with.</summary>
internal sealed record LiveContext(
    IGrainFactory Grains, IBoardNames Names, LiveOptions Options, LiveMetrics Metrics, TimeProvider Clock, ILogger<LiveContext> Log);
