using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Activations;

/// <summary>Something small to do for an activation on its lane, between turns.</summary>
internal sealed class Errand(Activation activation, Action<Activation> errand) : IWorkItem
{
    private volatile IWorkItem? _next;

    /// <summary>The one errand that runs while a blocked thread holds the activation: the one that ends that.</summary>
    public bool EndsDetachment { get; init; }

    IWorkItem? IWorkItem.Next
    {
        get => _next;
        set => _next = value;
    }

    public void Run()
    {
        if (activation.Detached && !EndsDetachment)
        {
            activation.LeaveBehind(this);
            return;
        }

        errand(activation);
        activation.Settle();
    }

    public string Describe() => activation.Describe();
}
