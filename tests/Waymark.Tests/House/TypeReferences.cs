using System.Reflection;
using System.Reflection.Emit;

namespace Waymark.Tests.House;

/// <summary>Every type that a type's declaration, signatures, attributes and method bodies mention. Constants leave no trace in compiled code.</summary>
internal static class TypeReferences
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var seen = new HashSet<Type>();
        Add(seen, type.BaseType);
        foreach (var contract in type.GetInterfaces()) Add(seen, contract);
        AddConstraints(seen, type.IsGenericTypeDefinition ? type.GetGenericArguments() : []);
        AddAttributes(seen, type.CustomAttributes);
        foreach (var field in type.GetFields(Declared))
        {
            Add(seen, field.FieldType);
            AddAttributes(seen, field.CustomAttributes);
        }
        foreach (var property in type.GetProperties(Declared)) AddAttributes(seen, property.CustomAttributes);
        foreach (var @event in type.GetEvents(Declared)) AddAttributes(seen, @event.CustomAttributes);
        foreach (var method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared))) AddMethod(seen, method);
        return seen;
    }

    private static void AddMethod(HashSet<Type> seen, MethodBase method)
    {
        AddAttributes(seen, method.CustomAttributes);
        if (method is MethodInfo function)
        {
            Add(seen, function.ReturnType);
            AddAttributes(seen, function.ReturnParameter.CustomAttributes);
        }
        foreach (var parameter in method.GetParameters())
        {
            Add(seen, parameter.ParameterType);
            AddAttributes(seen, parameter.CustomAttributes);
        }
        AddConstraints(seen, method.IsGenericMethodDefinition ? method.GetGenericArguments() : []);
        if (method.GetMethodBody() is not { } body) return;
        foreach (var local in body.LocalVariables) Add(seen, local.LocalType);
        foreach (var clause in body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)) Add(seen, clause.CatchType);
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            switch (method.Module.ResolveMember(token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null))
            {
                case Type mentioned:
                    Add(seen, mentioned);
                    break;
                case { } member:
                    Add(seen, member.DeclaringType);
                    if (member is MethodInfo { IsGenericMethod: true } called)
                        foreach (var argument in called.GetGenericArguments()) Add(seen, argument);
                    break;
            }
        }
    }

    /// <summary>The metadata tokens of fields, methods and types in a method's instructions.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodesByValue[il[at] == 0xFE ? (short)(0xFE00 | il[++at]) : il[at]];
            at++;
            switch (code.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return BitConverter.ToInt32(il, at);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + 4 * BitConverter.ToInt32(il, at);
                    break;
                default:
                    at += code.OperandType switch
                    {
                        OperandType.InlineNone => 0,
                        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                        OperandType.InlineVar => 2,
                        OperandType.InlineI8 or OperandType.InlineR => 8,
                        _ => 4,
                    };
                    break;
            }
        }
    }

    private static void AddConstraints(HashSet<Type> seen, Type[] parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => parameter.GetGenericParameterConstraints())) Add(seen, constraint);
    }

    private static void AddAttributes(HashSet<Type> seen, IEnumerable<CustomAttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            Add(seen, attribute.AttributeType);
            foreach (var argument in attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))) AddArgument(seen, argument);
        }
    }

    private static void AddArgument(HashSet<Type> seen, CustomAttributeTypedArgument argument)
    {
        Add(seen, argument.ArgumentType);
        if (argument.Value is Type type) Add(seen, type);
        if (argument.Value is IEnumerable<CustomAttributeTypedArgument> elements)
            foreach (var element in elements) AddArgument(seen, element);
    }

    private static void Add(HashSet<Type> seen, Type? type)
    {
        if (type is null || type.IsGenericParameter) return;
        if (type.HasElementType)
        {
            Add(seen, type.GetElementType());
            return;
        }
        foreach (var argument in type.GetGenericArguments()) Add(seen, argument);
        seen.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }
}
