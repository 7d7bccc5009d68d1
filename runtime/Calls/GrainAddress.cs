using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Calls;

/// <summary>What a generated proxy is made from.</summary>
public readonly struct GrainAddress
{
    internal GrainAddress(GrainClass grainClass, string key, Activation? observer)
    {
        Class = grainClass;
        Key = key;
        Observer = observer;
    }

    internal GrainClass Class { get; }

    internal string Key { get; }

    internal Activation? Observer { get; }
}
