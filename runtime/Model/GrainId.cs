namespace Gamification.Runtime;

/// <summary>The identity of a grain: its type and its key. Two references are equal when their ids are.</summary>
public readonly record struct GrainId
{
    private readonly string _type;
    private readonly string _key;

    internal GrainId(string type, string key)
    {
        _type = type;
        _key = key;
    }

    /// <summary>"type/key", as it stands in logs.</summary>
    public override string ToString() => $"{_type}/{_key}";
}
