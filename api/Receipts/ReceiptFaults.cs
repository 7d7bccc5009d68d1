using System.Collections.Immutable;

namespace Gamification.Api;

/// <summary>Something odd about an accepted receipt: a stable code and the field as a JSON pointer.</summary>
public readonly record struct ReceiptWarning(string Code, string Field);

/// <summary>What is wrong (errors) or odd (warnings) about one receipt, 16 of each at most. Most receipts have neither, and cost nothing here.</summary>
internal sealed class ReceiptFaults
{
    private const int Max = 16;

    private readonly List<FieldError> _errors = [];
    private readonly List<ReceiptWarning> _warnings = [];

    public bool HasErrors => _errors.Count > 0;

    public ImmutableArray<FieldError> Errors => [.. _errors];

    public ImmutableArray<ReceiptWarning> Warnings => _warnings.Count == 0 ? [] : [.. _warnings];

    public void Refuse(string field, string code, string remedy)
    {
        if (_errors.Count < Max) _errors.Add(new(field, code, remedy));
    }

    public void Warn(string code, string field)
    {
        if (_warnings.Count < Max) _warnings.Add(new(code, field));
    }

    public bool Names(string field)
    {
        foreach (var error in _errors)
        {
            if (error.Field == field) return true;
        }

        return false;
    }

    public void Clear()
    {
        _errors.Clear();
        _warnings.Clear();
    }
}
