using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Hosting;

/// <summary>Looks for idle activations from time to time. Whether one really is idle is decided on its lane.</summary>
internal sealed class Collector(ActorHost host)
{
    private ITimer? _timer;

    public void Start()
    {
        var every = host.Options.CollectionQuantum;
        _timer ??= host.Scheduler.Time.CreateTimer(static collector => ((Collector)collector!).Collect(), this, every, every);
    }

    public void Stop() => _timer?.Dispose();

    private void Collect()
    {
        foreach (var grainClass in host.Catalog.Classes)
        {
            if (grainClass.CollectionAge is not { } age) continue;
            foreach (var activation in ActorHost.InOrder(grainClass.Activations.Where(activation => activation.IsIdle(age))))
                activation.DeactivateIfIdle(age);
        }
    }
}
