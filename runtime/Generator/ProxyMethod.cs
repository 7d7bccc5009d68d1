using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Gamification.Runtime.Generator;

/// <summary>One method of a proxy: the method that sends, and the class of its calls, which holds the arguments.</summary>
internal sealed class ProxyMethod
{
    private const string Token = "System.Threading.CancellationToken";

    private readonly INamedTypeSymbol _interface;
    private readonly IMethodSymbol _method;
    private readonly string _callName;
    private readonly bool _isObserver;
    private readonly Answer _answer;
    private readonly ITypeSymbol? _result;
    private readonly string _typeParameters;

    public ProxyMethod(INamedTypeSymbol declared, IMethodSymbol method, int index, bool isObserver)
    {
        _interface = declared;
        _method = method;
        _isObserver = isObserver;
        _callName = $"{method.Name}Call{index + 1}";
        _typeParameters = method.TypeParameters.Length == 0
            ? ""
            : $"<{string.Join(", ", method.TypeParameters.Select(type => type.Name))}>";
        (_answer, _result) = AnswerOf(method.ReturnType);
    }

    private enum Answer
    {
        Unknown,
        Nothing,
        Task,
        ValueTask,
    }

    private bool IsOneWay => _answer == Answer.Nothing || Has("OneWayAttribute");

    private string Result => _result is null ? "Calls.Nothing" : Names.Of(_result);

    private string Returned => Names.Of(_method.ReturnType);

    private string Arguments => string.Join(", ", _method.Parameters.Select(Escaped));

    private string Parameters =>
        string.Join(", ", _method.Parameters.Select(parameter => $"{Names.Of(parameter.Type)} {Escaped(parameter)}"));

    public IEnumerable<Problem> Problems()
    {
        var name = $"{_interface.Name}.{_method.Name}";
        if (_answer == Answer.Unknown) yield return Problem.At(_method, $"{name} must return Task, Task<T>, ValueTask or ValueTask<T>.");
        if (_answer == Answer.Nothing && !_isObserver)
            yield return Problem.At(_method, $"{name} returns void, which only methods of observers may; return a Task and mark it [OneWay].");
        if (Has("OneWayAttribute") && _result is not null)
            yield return Problem.At(_method, $"{name} is [OneWay], so nobody can receive its result.");
        foreach (var parameter in _method.Parameters.Where(parameter => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType))
            yield return Problem.At(parameter, $"{name}, parameter {parameter.Name}: what is passed by reference cannot be sent.");
    }

    public void WriteMethod(StringBuilder source)
    {
        source.AppendLine($"    {Returned} {Names.Of(_method.ContainingType)}.{_method.Name}{_typeParameters}({Parameters})");
        source.AppendLine("    {");
        foreach (var parameter in _method.Parameters.Where(NeedsLook))
        {
            source.AppendLine(
                $"        Calls.Immutability.RefuseMutable({Escaped(parameter)}, {_callName}{_typeParameters}.__shape, \"{parameter.Name}\");");
        }

        var call = $"new {_callName}{_typeParameters}({Arguments})";
        source.AppendLine((IsOneWay, _answer) switch
        {
            (true, Answer.Nothing) => $"        Tell({call});",
            (true, Answer.Task) => $"        Tell({call});\n        return global::System.Threading.Tasks.Task.CompletedTask;",
            (true, _) => $"        Tell({call});\n        return default;",
            (_, Answer.Task) => $"        return AskTask({call});",
            _ => $"        return AskValue({call});",
        });
        source.AppendLine("    }");
        source.AppendLine();
    }

    public void WriteCall(StringBuilder source)
    {
        source.AppendLine($"    private sealed class {_callName}{_typeParameters}({Parameters}) : Calls.Call<{Result}>{Constraints()}");
        source.AppendLine("    {");
        source.AppendLine(
            $"        internal static readonly Calls.MethodShape __shape = new(\"{_interface.Name}\", \"{_method.Name}\", {Traits()}, {Timeout()});");
        source.AppendLine();
        source.AppendLine("        public override Calls.MethodShape Shape => __shape;");
        source.AppendLine();
        if (_method.Parameters.FirstOrDefault(parameter => parameter.Type.ToDisplayString() == Token) is { } token)
        {
            source.AppendLine($"        public override global::System.Threading.CancellationToken CancellationToken => {Escaped(token)};");
            source.AppendLine();
        }

        var invocation = $"(({Names.Of(_method.ContainingType)})__grain).{_method.Name}{_typeParameters}({Arguments})";
        source.AppendLine("        protected override void Invoke(object __grain)");
        source.AppendLine("        {");
        source.AppendLine(_answer == Answer.Nothing
            ? $"            {invocation};\n            Done(default);"
            : $"            Await({invocation});");
        source.AppendLine("        }");
        source.AppendLine("    }");
        source.AppendLine();
    }

    private static (Answer Answer, ITypeSymbol? Result) AnswerOf(ITypeSymbol returned)
    {
        if (returned.SpecialType == SpecialType.System_Void) return (Answer.Nothing, null);
        var result = returned is INamedTypeSymbol { TypeArguments.Length: 1 } generic ? generic.TypeArguments[0] : null;
        return returned.OriginalDefinition.ToDisplayString() switch
        {
            "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>" => (Answer.Task, result),
            "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask<TResult>" => (Answer.ValueTask, result),
            _ => (Answer.Unknown, null),
        };
    }

    private static string Escaped(IParameterSymbol parameter) => "@" + parameter.Name;

    private static bool NeedsLook(IParameterSymbol parameter) =>
        parameter.Type is { SpecialType: SpecialType.None or SpecialType.System_Object, TypeKind: not TypeKind.Enum }
        && parameter.Type.ToDisplayString() is not (Token or "System.Guid" or "System.TimeSpan" or "System.DateTimeOffset")
        && !Marked(parameter.GetAttributes(), "ImmutableAttribute");

    private static bool Marked(IEnumerable<AttributeData> attributes, string name) =>
        attributes.Any(attribute => attribute.AttributeClass?.ToDisplayString() == "Gamification.Runtime." + name);

    private bool Has(string name) => Marked(_method.GetAttributes(), name);

    private string Traits()
    {
        List<string> traits = [];
        if (Has("ReadOnlyAttribute")) traits.Add("Calls.MethodTraits.ReadOnly");
        if (Has("AlwaysInterleaveAttribute")) traits.Add("Calls.MethodTraits.AlwaysInterleave");
        if (IsOneWay) traits.Add("Calls.MethodTraits.OneWay");
        if (Marked(_method.GetReturnTypeAttributes(), "ImmutableAttribute")) traits.Add("Calls.MethodTraits.ImmutableResult");
        return traits.Count == 0 ? "Calls.MethodTraits.None" : string.Join(" | ", traits);
    }

    private string Timeout() =>
        _method.GetAttributes().FirstOrDefault(attribute => Marked([attribute], "ResponseTimeoutAttribute"))
            is { ConstructorArguments.Length: 1 } attribute
            ? $"\"{attribute.ConstructorArguments[0].Value}\""
            : "null";

    private string Constraints()
    {
        var clauses = new StringBuilder();
        foreach (var type in _method.TypeParameters)
        {
            List<string> constraints = [];
            if (type.HasUnmanagedTypeConstraint) constraints.Add("unmanaged");
            else if (type.HasValueTypeConstraint) constraints.Add("struct");
            else if (type.HasReferenceTypeConstraint) constraints.Add("class");
            constraints.AddRange(type.ConstraintTypes.Select(Names.Of));
            if (type.HasConstructorConstraint) constraints.Add("new()");
            if (constraints.Count > 0) clauses.Append($" where {type.Name} : {string.Join(", ", constraints)}");
        }

        return clauses.ToString();
    }
}
