/**
 * The columns of the shop's rows in V1's order, with the value that all rows have by default. `name=text` is a text, `name:1` a number. A
 * name alone is empty until a row has a value. Empty values are sent (wire maho-26.7 other/v1/42).
 */

/** A product in `info` (wire maho-26.7 other/v1/08). */
export const PRODUCT = `
  product_id sku set type categories websites type_id name description short_description gtin mpn weight old_id news_from_date
  news_to_date status:1 url_key url_path visibility:4 category_ids required_options:0 has_options:0 image_label small_image_label
  thumbnail_label created_at updated_at country_of_manufacture price group_price special_price special_from_date special_to_date
  tier_price minimal_price msrp_enabled msrp_display_actual_price_type msrp tax_class_id:0 meta_title meta_keyword meta_description
  meta_robots is_recurring recurring_profile custom_design custom_design_from custom_design_to custom_layout_update page_layout
  options_container=container1 gift_message_available
`;

/** The columns of a product in a list (wire maho-26.7 other/v1/06). */
export const PRODUCT_IN_LIST: readonly string[] = ['product_id', 'sku', 'name', 'set', 'type', 'category_ids', 'website_ids'];

/** An order in a list (wire maho-26.7 other/v1/42). */
export const ORDER = `
  state status coupon_code protect_code shipping_description is_virtual:0 store_id customer_id base_discount_amount=0.0000
  base_discount_canceled base_discount_invoiced base_discount_refunded base_grand_total base_shipping_amount=15.0000
  base_shipping_canceled base_shipping_invoiced base_shipping_refunded base_shipping_tax_amount=0.0000 base_shipping_tax_refunded
  base_subtotal base_subtotal_canceled base_subtotal_invoiced base_subtotal_refunded base_tax_amount=0.0000 base_tax_canceled
  base_tax_invoiced base_tax_refunded base_to_global_rate=1.0000 base_to_order_rate=1.0000 base_total_canceled base_total_invoiced
  base_total_invoiced_cost base_total_offline_refunded base_total_online_refunded base_total_paid base_total_qty_ordered
  base_total_refunded discount_amount=0.0000 discount_canceled discount_invoiced discount_refunded grand_total shipping_amount=15.0000
  shipping_canceled shipping_invoiced shipping_refunded shipping_tax_amount=0.0000 shipping_tax_refunded store_to_base_rate=1.0000
  store_to_order_rate=1.0000 subtotal subtotal_canceled subtotal_invoiced subtotal_refunded tax_amount=0.0000 tax_canceled tax_invoiced
  tax_refunded total_canceled total_invoiced total_offline_refunded total_online_refunded total_paid total_qty_ordered total_refunded
  can_ship_partially can_ship_partially_item customer_is_guest:0 customer_note_notify:1 billing_address_id customer_group_id
  edit_increment email_sent:1 forced_shipment_with_invoice forced_do_shipment_with_invoice payment_auth_expiration
  payment_authorization_expiration quote_address_id quote_id shipping_address_id adjustment_negative adjustment_positive
  base_adjustment_negative base_adjustment_positive base_shipping_discount_amount=0.0000 base_subtotal_incl_tax base_total_due
  payment_authorization_amount shipping_discount_amount=0.0000 subtotal_incl_tax total_due weight customer_dob increment_id
  applied_rule_ids base_currency_code=USD customer_email customer_firstname customer_lastname customer_middlename customer_prefix
  customer_suffix customer_taxvat discount_description ext_customer_id ext_order_id global_currency_code=USD hold_before_state
  hold_before_status order_currency_code=USD original_increment_id relation_child_id relation_child_real_id relation_parent_id
  relation_parent_real_id remote_ip shipping_method=flatrate_flatrate store_currency_code=USD store_name x_forwarded_for customer_note
  created_at updated_at total_item_count customer_gender hidden_tax_amount=0.0000 base_hidden_tax_amount=0.0000
  shipping_hidden_tax_amount=0.0000 base_shipping_hidden_tax_amnt=0.0000 base_shipping_hidden_tax_amount=0.0000 hidden_tax_invoiced
  base_hidden_tax_invoiced hidden_tax_refunded base_hidden_tax_refunded shipping_incl_tax=15.0000 base_shipping_incl_tax=15.0000
  coupon_rule_name gift_message_id guest_access_token giftcard_codes giftcard_amount=0.0000 base_giftcard_amount=0.0000 firstname
  middlename lastname telephone postcode billing_firstname billing_lastname shipping_firstname shipping_lastname billing_name
  shipping_name order_id
`;

/** Columns of an order that only lists have, because they come from tables that lists join. */
export const ONLY_IN_LISTS: readonly string[] = [
  'firstname',
  'middlename',
  'lastname',
  'telephone',
  'postcode',
  'billing_firstname',
  'billing_lastname',
  'shipping_firstname',
  'shipping_lastname',
  'billing_name',
  'shipping_name',
];

/** The last columns of an order in `info`, before its ID (wire maho-26.7 other/v1/44). */
export const LATE_IN_INFO: readonly string[] = [
  'payment_authorization_expiration',
  'forced_do_shipment_with_invoice',
  'base_shipping_hidden_tax_amount',
];

/** An address of an order. */
export const ORDER_ADDRESS = `
  parent_id customer_address_id quote_address_id region_id customer_id region postcode lastname street city email telephone country_id
  firstname address_type prefix middlename suffix company vat_id vat_is_valid vat_request_id vat_request_date vat_request_success
  address_id
`;

/** A line of an order. */
export const ORDER_ITEM = `
  item_id order_id parent_item_id quote_item_id store_id created_at updated_at product_id product_type=simple product_options weight
  is_virtual:0 sku name description applied_rule_ids additional_data free_shipping:0 is_qty_decimal:0 no_discount:0 qty_backordered
  qty_canceled=0.0000 qty_invoiced qty_ordered qty_refunded=0.0000 qty_shipped base_cost price base_price original_price
  base_original_price tax_percent=0.0000 tax_amount=0.0000 base_tax_amount=0.0000 tax_invoiced=0.0000 base_tax_invoiced=0.0000
  discount_percent=0.0000 discount_amount=0.0000 base_discount_amount=0.0000 discount_invoiced=0.0000 base_discount_invoiced=0.0000
  amount_refunded=0.0000 base_amount_refunded=0.0000 row_total base_row_total row_invoiced=0.0000 base_row_invoiced=0.0000 row_weight
  base_tax_before_discount tax_before_discount ext_order_item_id locked_do_invoice locked_do_ship price_incl_tax base_price_incl_tax
  row_total_incl_tax base_row_total_incl_tax hidden_tax_amount=0.0000 base_hidden_tax_amount=0.0000 hidden_tax_invoiced
  base_hidden_tax_invoiced hidden_tax_refunded base_hidden_tax_refunded is_nominal:0 tax_canceled hidden_tax_canceled tax_refunded
  base_tax_refunded discount_refunded base_discount_refunded gift_message_id gift_message_available:0 weee_tax_applied=[]
  weee_tax_applied_amount=0.0000 weee_tax_applied_row_amount=0.0000 base_weee_tax_applied_amount=0.0000
  base_weee_tax_applied_row_amnt=0.0000 base_weee_tax_applied_row_amount=0.0000 weee_tax_disposition=0.0000
  weee_tax_row_disposition=0.0000 base_weee_tax_disposition=0.0000 base_weee_tax_row_disposition=0.0000
`;

/** The payment of an order. */
export const ORDER_PAYMENT = `
  parent_id base_shipping_captured shipping_captured amount_refunded base_amount_paid amount_canceled base_amount_authorized
  base_amount_paid_online base_amount_refunded_online base_shipping_amount=15.0000 shipping_amount=15.0000 amount_paid amount_authorized
  base_amount_ordered base_shipping_refunded shipping_refunded base_amount_refunded amount_ordered base_amount_canceled quote_payment_id
  additional_data cc_exp_month=0 cc_ss_start_year=0 echeck_bank_name method cc_debug_request_body cc_secure_verify
  protection_eligibility cc_approval cc_last4 cc_status_description echeck_type cc_debug_response_serialized cc_ss_start_month=0
  echeck_account_type last_trans_id cc_cid_status cc_owner cc_type po_number cc_exp_year=0 cc_status echeck_routing_number
  account_status anet_trans_method cc_debug_response_body cc_ss_issue echeck_account_name cc_avs_status cc_number_enc cc_trans_id
  paybox_request_number address_status additional_information paypal_order_id payment_id
`;

/** An entry in the history of an order. */
export const ORDER_STEP = `
  parent_id is_customer_notified:1 is_visible_on_front:0 comment status created_at entity_name=order
`;
