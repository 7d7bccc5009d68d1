using System.Diagnostics.Metrics;
using Gamification.Journal;
using Microsoft.Extensions.Logging;

namespace Gamification.Vault;

/// <summary>
/// The vault's place for bodies that could not be accepted, kept within bounds in number, size and age. What was let go is counted under the meter
/// <c>Gamification.Vault</c>, as <c>vault.quarantine.let_go</c> by reason (<c>quota</c>, <c>age</c>).
/// </summary>
public sealed class QuarantineShelf : IDisposable
{
    public const string MeterName = "Gamification.Vault";

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly IVault _vault;
    private readonly QuarantineBounds _bounds;
    private readonly TimeProvider _time;
    private readonly ILogger<QuarantineShelf> _log;
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _letGo;

    public QuarantineShelf(IVault vault, QuarantineBounds bounds, TimeProvider time, ILogger<QuarantineShelf> log)
    {
        (_vault, _bounds, _time, _log) = (vault, bounds, time, log);
        _letGo = _meter.CreateCounter<long>("vault.quarantine.let_go", "{body}", "Quarantined bodies that made room or grew old.");
    }

    /// <summary>Durable on return, and the store within its bounds.</summary>
    public async Task Keep(QuarantinedBody body) => Count(await _vault.Quarantine(body, _bounds), "quota");

    /// <summary>Lets go of what is older than it may be, at once and then every hour.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Sweep();
                await Task.Delay(SweepEvery, _time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Whether the instrument is this shelf's own, when several share the process.</summary>
    internal bool Counts(Instrument instrument) => instrument == _letGo;

    private async Task Sweep()
    {
        try
        {
            Count(await _vault.ForgetQuarantined(_time.GetUtcNow() - _bounds.KeepFor), "age");
        }
        catch (JournalUnavailableException away)
        {
            // Nothing grows meanwhile; an hour more or less does not matter.
            _log.LogWarning(away, "Old quarantined bodies could not be let go; the next hour tries again.");
        }
    }

    private void Count(int bodies, string reason)
    {
        if (bodies > 0) _letGo.Add(bodies, new KeyValuePair<string, object?>("reason", reason));
    }
}
