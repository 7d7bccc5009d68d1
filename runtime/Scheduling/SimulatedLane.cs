using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Scheduling;

/// <summary>A queue of the simulation. Its number is the order of opening, which is part of the trace.</summary>
internal sealed class SimulatedLane : Lane
{
    private readonly SimulationScheduler _scheduler;
    private LocalQueue _items;

    public SimulatedLane(SimulationScheduler scheduler, string name, int number)
    {
        _scheduler = scheduler;
        Name = name;
        Number = number;
        Counters = scheduler.SharedCounters;
    }

    public string Name { get; }

    public int Number { get; }

    public bool IsEmpty => _items.IsEmpty;

    public override long Now => _scheduler.Time.GetTimestamp();

    internal override int RequestsInARow => 1;

    internal override Deadlines Deadlines => _scheduler.Deadlines;

    internal override bool IsSimulated => true;

    public override void Post(IWorkItem item)
    {
        _scheduler.CheckThread(this, item);
        lock (_scheduler.Gate)
        {
            var wasEmpty = _items.IsEmpty;
            _items.Add(item);
            if (wasEmpty) _scheduler.BecameReady(this);
        }
    }

    public IWorkItem Take() => _items.Take()!;
}
