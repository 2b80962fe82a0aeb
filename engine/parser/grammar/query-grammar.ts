/** Queries. What Marea refuses by name is read only as far as needed to know it: `.*?` skips the rest. */
export const queryGrammar = `
query : withClause? queryBody ordering ;
withClause : WITH commonTable (',' commonTable)* ;
commonTable : name nameList? AS? '(' query ')' ;
ordering
  : (ORDER BY sortKey (',' sortKey)*)? (CLUSTER BY expression (',' expression)*)? (DISTRIBUTE BY expression (',' expression)*)?
      (SORT BY sortKey (',' sortKey)*)? windowClause? (LIMIT (ALL | expression))? (OFFSET expression)? ;
queryBody
  : queryBlock #block
  | queryBody INTERSECT quantifier? queryBody #setOperation
  | queryBody (UNION | EXCEPT | MINUS) quantifier? queryBody #setOperation ;
queryBlock
  : select #select
  | fromFirst #fromFirst
  | values #values
  | TABLE tableReference #table
  | '(' query ')' #bracketed
  | script #script ;

select : selectClause from? selectRest ;
fromFirst : from (selectClause selectRest ordering)+ ;
selectClause : SELECT hints* quantifier? selectList ;
selectRest : lateralView* where? groupBy? having? windowClause? ;
hints : '/*+' hint (','? hint)* '*/' ;
hint : word | word '(' term (',' term)* ')' ;
where : WHERE expression ;
having : HAVING expression ;
groupBy
  : GROUP BY groupKey (',' groupKey)* #keys
  | GROUP BY expression (',' expression)* (WITH (ROLLUP | CUBE) | GROUPING SETS '(' groupingSet (',' groupingSet)* ')')? #keysThenSets ;
groupKey : groupings | expression ;
groupings
  : (ROLLUP | CUBE) '(' groupingSet (',' groupingSet)* ')'
  | GROUPING SETS '(' (groupings | groupingSet) (',' (groupings | groupingSet))* ')' ;
groupingSet : '(' (expression (',' expression)*)? ')' | expression ;
windowClause : WINDOW windowDefinition (',' windowDefinition)* ;
windowDefinition : name AS window ;
script
  : (SELECT TRANSFORM '(' quantifier? expressionList ')' | (MAP | REDUCE) quantifier? expressionList)
      (USING string | RECORDWRITER string | ROW FORMAT) .*? ;

from : FROM tableExpression (',' tableExpression)* lateralView* pivot? ;
tableExpression : LATERAL? tableTerm (join | pivot)* ;
join
  : joinKind JOIN LATERAL? tableTerm joinCondition? #join
  | NATURAL joinKind JOIN LATERAL? tableTerm #natural ;
joinKind : INNER? | CROSS | LEFT OUTER? | RIGHT OUTER? | FULL OUTER? | LEFT? SEMI | LEFT? ANTI ;
joinCondition : ON expression #on | USING nameList #using ;
tableTerm
  : tableReference version? sample? tableAlias #named
  | '(' query ')' sample? tableAlias #query
  | '(' tableExpression ')' sample? tableAlias #bracketed
  | values #values
  | tableFunction #function ;
tableAlias : (AS? aliasWord nameList?)? ;
values : VALUES expression (',' expression)* tableAlias ;
tableFunction : functionName '(' (tableArgument (',' tableArgument)*)? ')' tableAlias ;
tableArgument : argument | (word '=>')? TABLE (tableReference | '(' tableReference ')' | '(' query ')') #table ;
version : FOR? (VERSION | SYSTEM_VERSION) AS OF (INTEGER_VALUE | string) | FOR? (TIMESTAMP | SYSTEM_TIME) AS OF operand ;
sample : TABLESAMPLE '(' .*? ')' (REPEATABLE '(' INTEGER_VALUE ')')? ;
lateralView : LATERAL VIEW OUTER? dottedWords '(' (expression (',' expression)*)? ')' word (AS? word (',' word)*)? ;
pivot : PIVOT '(' selectList FOR .*? ')' #pivot | UNPIVOT ((INCLUDE | EXCLUDE) NULLS)? '(' .*? ')' (AS? word)? #unpivot ;
`;
