using Gamification.Runtime.Activations;

namespace Gamification.Runtime;

/// <summary>Identity and references of a grain, a grain reference or an observer reference.</summary>
public static class GrainExtensions
{
    /// <summary>The key of a grain or of a reference to one.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain switch
    {
        Grain instance => instance.Activation.Key,
        GrainReference reference => reference.Key,
        _ => throw new ArgumentException($"{grain.GetType().Name} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>
    /// A reference of that interface to the same grain. This is how a grain hands itself to others: never as <c>this</c>.
    /// </summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        Grain instance => instance.Activation.Reference<TGrainInterface>(),
        GrainReference reference => reference.As<TGrainInterface>(),
        _ => throw new ArgumentException($"{grain.GetType().Name} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>The id of a grain or of a reference to one.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        Grain instance => instance.Activation.GrainId,
        GrainReference reference => reference.GrainId,
        _ => throw new ArgumentException($"{grain.GetType().Name} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
