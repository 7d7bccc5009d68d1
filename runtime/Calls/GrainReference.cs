using System.ComponentModel;
using Gamification.Runtime.Activations;
using Gamification.Runtime.Calls;

namespace Gamification.Runtime;

/// <summary>
/// A reference to a grain or an observer, whether or not it is activated; generated proxies derive from it. It may be kept, passed and
/// compared: two references to the same grain are equal, whatever their interface.
/// </summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainClass _class;
    private Activation? _activation;

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected GrainReference(GrainAddress address)
    {
        _class = address.Class;
        Key = address.Key;
        _activation = address.Observer;
    }

    public GrainId GrainId => new(_class.Name, Key);

    internal string Key { get; }

    public bool Equals(GrainReference? other) => other is not null && _class == other._class && Key == other.Key;

    public sealed override bool Equals(object? obj) => Equals(obj as GrainReference);

    public sealed override int GetHashCode() => HashCode.Combine(_class.Name, Key);

    public override string ToString() => $"{_class.Name}/{Key}";

    internal T As<T>() => this is T same && _class.Implements(typeof(T)) ? same : _class.Reference<T>(Key, Observer);

    internal Activation? Observer => _class.IsObserver ? _activation : null;

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask<TResult> AskValue<TResult>(Call<TResult> call)
    {
        var answer = call.AsValueTask();
        Send(call);
        return answer;
    }

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask AskValue(Call<Nothing> call)
    {
        var answer = call.AsVoidValueTask();
        Send(call);
        return answer;
    }

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<TResult> AskTask<TResult>(Call<TResult> call)
    {
        var answer = call.AsTask();
        Send(call);
        return answer;
    }

    /// <summary>For generated code: sends and hears nothing.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Tell<TResult>(Call<TResult> call) => Send(call);

    private void Send<TResult>(Call<TResult> call)
    {
        var target = _activation;
        if (target is null || (target.IsDead && !_class.IsObserver))
        {
            target = _class.Resolve(Key);
            if (!_class.IsStateless) _activation = target;
        }

        _class.Host.Send(call, target);
    }
}
