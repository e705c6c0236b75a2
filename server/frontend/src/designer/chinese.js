// The words of the drawing library that can be seen with our menus.
export default {
  'Search in diagram': '在图中查找',
  'Open {element}': '打开{element}',
  'Open minimap': '打开缩略图',
  'Close minimap': '关闭缩略图',
  'Align elements': '对齐',
  'Align elements left': '左对齐',
  'Align elements center': '水平居中',
  'Align elements right': '右对齐',
  'Align elements top': '上对齐',
  'Align elements middle': '垂直居中',
  'Align elements bottom': '下对齐',
  'Distribute elements horizontally': '水平均布',
  'Distribute elements vertically': '垂直均布',
  'flow elements must be children of pools/participants': '元素要画在泳池里面',
}
