namespace Gamification.Journal;

/// <summary>
/// A part of a durable entry that is read when it is first asked for: a return looks through all of a member's past, and at what was decided of
/// few sales in it.
/// </summary>
internal sealed class Later<T>
    where T : class
{
    private readonly ReadOnlyMemory<byte> _written;
    private readonly Func<ReadOnlyMemory<byte>, T>? _read;
    private T? _value;

    public Later(ReadOnlyMemory<byte> written, Func<ReadOnlyMemory<byte>, T> read) => (_written, _read) = (written, read);

    private Later(T value) => _value = value;

    public T Value => _value ??= _read!(_written);

    public static Later<T>? Now(T? value) => value is null ? null : new(value);

    /// <summary>Two parts are equal when what they say is.</summary>
    public override bool Equals(object? other) => other is Later<T> later && Value.Equals(later.Value);

    public override int GetHashCode() => Value.GetHashCode();
}
